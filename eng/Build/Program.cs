// SPDX-License-Identifier: MIT
using MLNetExtensions.Build;

const string Usage = """
    usage: ./build.sh VERB

      demo             quantize a trained network to INT4, save it with ML.NET, load it again and score it
      test [--long]    build and run every test; --long adds those of the Long category
      bench NAME       print a table of measurements and write artifacts/bench/NAME.json
      pack             make the NuGet packages under artifacts/packages (real Microsoft.ML only)
      source           say where Microsoft.ML comes from on this machine (asks the feed again)

    MLNET_SOURCE=nuget|offline overrides where Microsoft.ML comes from.
    """;

try
{
    return args switch
    {
        ["demo", .. var rest] => Verbs.Demo(rest),
        ["test"] => Verbs.Test(includeLong: false),
        ["test", "--long"] => Verbs.Test(includeLong: true),
        ["bench", .. var rest] => Verbs.Bench(rest),
        ["pack"] => Verbs.Pack(),
        ["source"] => Verbs.Source(),
        _ => Refuse(),
    };
}
catch (BuildException failure)
{
    Console.Error.WriteLine($"build: {failure.Message}");
    return 1;
}

int Refuse()
{
    Console.Error.WriteLine(Usage);
    return 2;
}
