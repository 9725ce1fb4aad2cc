// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using MLNetExtensions.Quantization.Inspection;

namespace MLNetExtensions.Quantization.Reports;

/// <summary>The JSON of reports: camel case, enums by name, infinite decibels as <c>"Infinity"</c>.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(QuantizationReport))]
[JsonSerializable(typeof(ModelSummary))]
internal sealed partial class ReportJson : JsonSerializerContext;
