// SPDX-License-Identifier: MIT
namespace Microsoft.ML;

/// <summary>Makes a view of a source.</summary>
public interface IDataLoader<in TSource> : ICanSaveModel
{
    IDataView Load(TSource input);

    DataViewSchema GetOutputSchema();
}
