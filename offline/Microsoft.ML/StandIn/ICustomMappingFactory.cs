// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>A factory of custom mappings of any types.</summary>
internal interface ICustomMappingFactory
{
    ITransformer CreateTransformer(string contractName);
}
