// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SubspaceSgd;

namespace Microsoft.ML;

/// <summary>The trainers of MLNetExtensions, in the catalogues of trainers.</summary>
public static class TrainersCatalog
{
    /// <summary>Trains a classifier of two classes by synchronous data-parallel stochastic gradient descent with the logistic loss.</summary>
    /// <param name="catalog">The catalogue of trainers.</param>
    /// <param name="labelColumnName">The column of labels, Boolean.</param>
    /// <param name="featureColumnName">The column of features, a vector of Single.</param>
    /// <param name="exampleWeightColumnName">The column of row weights; null where all rows weigh the same.</param>
    /// <param name="network">The model: null for a linear one.</param>
    public static SubspaceSgdBinaryTrainer SubspaceSgd(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, NetworkSpec? network = null) =>
        catalog.SubspaceSgd(Options(labelColumnName, featureColumnName, exampleWeightColumnName, network));

    /// <summary>Trains a classifier of two classes by synchronous data-parallel stochastic gradient descent, with options.</summary>
    /// <param name="catalog">The catalogue of trainers.</param>
    /// <param name="options">What to train, how, and where the columns are.</param>
    public static SubspaceSgdBinaryTrainer SubspaceSgd(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, SubspaceSgdOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new SubspaceSgdBinaryTrainer(options);
    }

    /// <summary>Trains a classifier of many classes by synchronous data-parallel stochastic gradient descent with the softmax cross-entropy.</summary>
    /// <param name="catalog">The catalogue of trainers.</param>
    /// <param name="labelColumnName">The column of labels, a key.</param>
    /// <param name="featureColumnName">The column of features, a vector of Single.</param>
    /// <param name="exampleWeightColumnName">The column of row weights; null where all rows weigh the same.</param>
    /// <param name="network">The model: null for a linear one.</param>
    public static SubspaceSgdMulticlassTrainer SubspaceSgd(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, NetworkSpec? network = null) =>
        catalog.SubspaceSgd(Options(labelColumnName, featureColumnName, exampleWeightColumnName, network));

    /// <summary>Trains a classifier of many classes by synchronous data-parallel stochastic gradient descent, with options.</summary>
    /// <param name="catalog">The catalogue of trainers.</param>
    /// <param name="options">What to train, how, and where the columns are.</param>
    public static SubspaceSgdMulticlassTrainer SubspaceSgd(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, SubspaceSgdOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new SubspaceSgdMulticlassTrainer(options);
    }

    /// <summary>Trains a regression model by synchronous data-parallel stochastic gradient descent with the squared loss.</summary>
    /// <param name="catalog">The catalogue of trainers.</param>
    /// <param name="labelColumnName">The column of labels, Single.</param>
    /// <param name="featureColumnName">The column of features, a vector of Single.</param>
    /// <param name="exampleWeightColumnName">The column of row weights; null where all rows weigh the same.</param>
    /// <param name="network">The model: null for a linear one.</param>
    public static SubspaceSgdRegressionTrainer SubspaceSgd(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, NetworkSpec? network = null) =>
        catalog.SubspaceSgd(Options(labelColumnName, featureColumnName, exampleWeightColumnName, network));

    /// <summary>Trains a regression model by synchronous data-parallel stochastic gradient descent, with options.</summary>
    /// <param name="catalog">The catalogue of trainers.</param>
    /// <param name="options">What to train, how, and where the columns are.</param>
    public static SubspaceSgdRegressionTrainer SubspaceSgd(this RegressionCatalog.RegressionTrainers catalog, SubspaceSgdOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new SubspaceSgdRegressionTrainer(options);
    }

    /// <summary>Trains a linear classifier of two classes by the area under the ROC curve: how often a positive row's score is above a negative row's.</summary>
    /// <param name="catalog">The catalogue of trainers.</param>
    /// <param name="labelColumnName">The column of labels, Boolean.</param>
    /// <param name="featureColumnName">The column of features, a vector of Single.</param>
    /// <param name="exampleWeightColumnName">The column of row weights; null where all rows weigh the same.</param>
    /// <param name="l2Regularization">The factor on half the sum of squared weights.</param>
    public static AucSaddleTrainer AucSaddle(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, double l2Regularization = 1e-4) =>
        catalog.AucSaddle(new AucSaddleOptions
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            L2Regularization = l2Regularization,
        });

    /// <summary>Trains a linear classifier of two classes by the area under the ROC curve, with options.</summary>
    /// <param name="catalog">The catalogue of trainers.</param>
    /// <param name="options">How to train, and where the columns are.</param>
    public static AucSaddleTrainer AucSaddle(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, AucSaddleOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new AucSaddleTrainer(options);
    }

    /// <summary>Trains a linear classifier of two classes that keeps to constraints, such as a least recall.</summary>
    /// <param name="catalog">The catalogue of trainers.</param>
    /// <param name="labelColumnName">The column of labels, Boolean.</param>
    /// <param name="featureColumnName">The column of features, a vector of Single.</param>
    /// <param name="exampleWeightColumnName">The column of row weights; null where all rows weigh the same.</param>
    /// <param name="constraints">What it must keep to.</param>
    public static ConstrainedLogisticRegressionTrainer ConstrainedLogisticRegression(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, params Constraint[] constraints) =>
        catalog.ConstrainedLogisticRegression(new ConstrainedLogisticRegressionOptions
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            Constraints = constraints,
        });

    /// <summary>Trains a linear classifier of two classes that keeps to constraints, with options.</summary>
    /// <param name="catalog">The catalogue of trainers.</param>
    /// <param name="options">The constraints, how to train, and where the columns are.</param>
    public static ConstrainedLogisticRegressionTrainer ConstrainedLogisticRegression(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, ConstrainedLogisticRegressionOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new ConstrainedLogisticRegressionTrainer(options);
    }

    private static SubspaceSgdOptions Options(string label, string features, string? weight, NetworkSpec? network) => new()
    {
        LabelColumnName = label,
        FeatureColumnName = features,
        ExampleWeightColumnName = weight,
        Network = network,
    };
}
