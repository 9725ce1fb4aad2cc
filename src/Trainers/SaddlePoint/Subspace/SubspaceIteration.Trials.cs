// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

// The move where F is not affine.
internal sealed partial class SubspaceIteration
{
    /// <summary>Tries steps until one is accepted: the saddle's, that of Gauss and Newton shortened by Armijo's rule, and at last one of the extragradient method.</summary>
    private void MoveByTrial()
    {
        double length = 0;
        if (_method.Step != SubspaceStep.MinimumResidual && SolveSaddle())
        {
            double residual = _search.Try(_point, _step, 1);
            length = _method.Step == SubspaceStep.Galerkin ? (double.IsFinite(residual) ? 1 : 0) : residual < Shorter * Residual ? 1 : 0;
        }
        if (length == 0 && _space.MinimizeResidual(_field, _weight * _space.Scale, _step))
        {
            length = _search.Descend(_point, _field, _step);
        }
        _failures = length > 0 ? 0 : _failures + 1;
        if (_failures is 1 or 2)
        {
            // The kept images may be to blame: once more with new ones. After that, see which way F can be shortened from here. F is evaluated again for
            // problems that take differences from the point that they know.
            _areImagesOld = true;
            if (_failures == 2)
            {
                _standstill.Suspect();
            }
            _problem.Field(_point, _field);
            return;
        }
        _weight = length > 0 ? Halved(_weight) : Raised(_weight);
        bool isModelled = length > 0;
        if (!isModelled)
        {
            _failures = 0;
            length = _search.Extragradient(_point, _field, _space.Scale, _step) ? 1 : 0;
        }
        if (length > 0)
        {
            _areImagesOld = !isModelled || !_search.Correct(_field, _step, length);
            _search.Point.CopyTo(_point);
            _search.Field.CopyTo(_field);
            Residual = TensorPrimitives.Norm<double>(_field);
            _pair?.Move(_step, length);
            _memory.Push(_step);
        }
    }
}
