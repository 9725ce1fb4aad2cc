// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks.Losses;

namespace MLNetExtensions.Trainers.SubspaceSgd;

/// <summary>Whether options suit a task: what can be said before there are rows.</summary>
internal static class TrainerOptions
{
    /// <exception cref="ArgumentException">Options contradict each other, or there are class weights without classes.</exception>
    public static SubspaceSgdOptions ForNumbers(SubspaceSgdOptions options)
    {
        ForClasses(options);
        return options.ClassWeights is null
            ? options
            : throw new ArgumentException($"{nameof(options.ClassWeights)} has {options.ClassWeights.Count} weights; a regression has no classes. Give rows weights by a column ({nameof(options.ExampleWeightColumnName)}).", nameof(options));
    }

    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    public static SubspaceSgdOptions ForClasses(SubspaceSgdOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return options;
    }

    /// <exception cref="ArgumentException">There are not as many class weights as classes.</exception>
    public static SubspaceSgdOptions ForClasses(SubspaceSgdOptions options, int classes)
    {
        ForClasses(options);
        return options.ClassWeights is null || options.ClassWeights.Count == classes
            ? options
            : throw new ArgumentException($"{nameof(options.ClassWeights)} has {options.ClassWeights.Count} weights; there are {classes} classes. Give one weight for each, in their order.", nameof(options));
    }

    /// <exception cref="ArgumentException">The loss compares scores with each other.</exception>
    public static void RequireOneScore(ILoss? loss, string task, string instead)
    {
        if (loss is SoftmaxCrossEntropy)
        {
            throw new ArgumentException($"The loss is {nameof(SoftmaxCrossEntropy)}, which compares the scores of classes with each other; {task} has one score. Use {instead}.", nameof(loss));
        }
    }
}
