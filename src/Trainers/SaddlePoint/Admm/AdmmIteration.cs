// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>One solve: steps, with a look at residuals, certificates and ρ every so many.</summary>
internal sealed class AdmmIteration
{
    // Residuals below this, relative to their terms, are rounding when their ratio is taken.
    private const double Rounding = 1e-10;
    private readonly ScaledProgram _scaled;
    private readonly QuadraticProgram _program;
    private readonly AdmmOptions _options;
    private readonly AdmmMap _map;
    private readonly FixedPointSubspace _subspace;
    private readonly ProgramResiduals _residuals, _scaledResiduals;
    private readonly InfeasibilitySearch _search;
    private readonly double[] _x, _z, _y, _dx, _dy, _next, _weights;
    private int _rhoUpdates;
    private bool? _suspicion;

    public AdmmIteration(ScaledProgram scaled, AdmmOptions options)
    {
        _scaled = scaled;
        _program = scaled.Original;
        _options = options;
        _map = new AdmmMap(scaled, options);
        int variables = _program.Variables, rows = _program.Rows, size = variables + rows;
        _subspace = new FixedPointSubspace(_map, size, options.Memory, options.SplitDisplacement);
        _residuals = new ProgramResiduals(_program);
        _scaledResiduals = new ProgramResiduals(scaled.ToProgram());
        _search = new InfeasibilitySearch(_program, options.InfeasibilityTolerance);
        (_x, _dx) = (new double[variables], new double[variables]);
        (_z, _y, _dy) = (new double[rows], new double[rows], new double[rows]);
        (_next, _weights) = (new double[size], new double[size]);
    }

    public AdmmResult Run()
    {
        _map.Write(_options.StartPrimal is { } x ? [.. x] : _x, _options.StartDual is { } y ? [.. y] : _y, _next);
        Begin();
        int checkAt = 0, rhoAt = _options.RhoInterval;
        while (true)
        {
            int steps = _subspace.Evaluations;
            SaddleStatus? end = !double.IsFinite(_subspace.Norm) ? SaddleStatus.NonFinite
                : _options.CancellationToken.IsCancellationRequested ? SaddleStatus.Cancelled
                : steps >= _options.MaxIterations ? SaddleStatus.Budget : null;
            if (steps >= checkAt || end is not null)
            {
                checkAt = steps + _options.CheckEvery;
                Look();
                _options.Progress?.Report(new AdmmProgress(steps, _residuals.Primal, _residuals.Dual, _map.Rho));
                if (_residuals.AreWithin(_options.AbsoluteTolerance, _options.RelativeTolerance))
                {
                    return Result(SaddleStatus.Converged);
                }
                if (Certificate() is { } certificate)
                {
                    return Result(SaddleStatus.InfeasibleSuspected, certificate);
                }
                if (end is { } status)
                {
                    return Result(status);
                }
            }
            if (_options.RhoInterval > 0 && steps >= rhoAt)
            {
                rhoAt = steps + _options.RhoInterval;
                if (AdaptRho())
                {
                    continue;
                }
            }
            _subspace.Advance();
        }
    }

    private void Begin()
    {
        _map.Weights(_weights);
        _subspace.Begin(_next, _weights);
    }

    // The point is read after T was applied to it once more: that is how far an unaccelerated step would be.
    private void Look()
    {
        TensorPrimitives.Add(_subspace.Point, _subspace.Displacement, _next);
        _map.Read(_next, _x, _z, _y);
        _residuals.Compute(_x, _z, _y);
    }

    // A direction that two looks in a row agree on; at the beginning and after a change of bounds that are met, steps point anywhere.
    private ProgramCertificate? Certificate()
    {
        _map.Read(_subspace.Point, _dx, _z, _dy);
        TensorPrimitives.Subtract(_x, _dx, _dx);
        TensorPrimitives.Subtract(_y, _dy, _dy);
        ProgramCertificate? found = _search.Find(_dx, _dy);
        bool isConfirmed = found is not null && _suspicion == found.IsUnbounded;
        _suspicion = found?.IsUnbounded;
        return isConfirmed ? found : null;
    }

    /// <summary>Balances the residuals of the scaled program, each relative to its largest term.</summary>
    private bool AdaptRho()
    {
        TensorPrimitives.Add(_subspace.Point, _subspace.Displacement, _next);
        _map.ReadScaled(_next, _x, _z, _y);
        _scaledResiduals.Compute(_x, _z, _y);
        double primal = _scaledResiduals.Primal / Math.Max(_scaledResiduals.PrimalScale, Rounding), dual = _scaledResiduals.Dual / Math.Max(_scaledResiduals.DualScale, Rounding);
        double rho = Math.Clamp(_map.Rho * Math.Sqrt(primal / Math.Max(dual, Rounding)), AdmmOptions.SmallestRho, AdmmOptions.LargestRho);
        if (!(rho > _map.Rho * _options.RhoTolerance || rho < _map.Rho / _options.RhoTolerance))
        {
            return false;
        }
        if (!_map.ChangeRho(rho, _next))
        {
            return false;
        }
        _rhoUpdates++;
        Begin();
        return true;
    }

    private AdmmResult Result(SaddleStatus status, ProgramCertificate? certificate = null) => new(
        status, Array.AsReadOnly(_x), Array.AsReadOnly(_y), _program.Objective(_x), _residuals.Primal, _residuals.Dual, _residuals.Gap,
        _subspace.Evaluations, _subspace.Rejected, _rhoUpdates, _map.Rho, certificate);
}
