// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>How objects are bound, and who disposes the transformer.</summary>
public sealed class PredictionEngineOptions
{
    public bool IgnoreMissingColumns = true;
    public SchemaDefinition InputSchemaDefinition;
    public SchemaDefinition OutputSchemaDefinition;
    public bool OwnsTransformer = true;

    public PredictionEngineOptions()
    {
    }
}
