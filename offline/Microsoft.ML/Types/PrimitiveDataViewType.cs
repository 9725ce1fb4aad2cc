// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Data;

/// <summary>A type whose values own nothing and are copied by assignment.</summary>
public abstract class PrimitiveDataViewType : DataViewType
{
    protected PrimitiveDataViewType(Type rawType)
        : base(rawType)
    {
        if (typeof(IDisposable).IsAssignableFrom(rawType))
        {
            throw new ArgumentException("A " + nameof(PrimitiveDataViewType) + " cannot have a disposable " + nameof(RawType) + ", but was given " + rawType + ".", nameof(rawType));
        }
    }
}
