// SPDX-License-Identifier: MIT
using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    public sealed partial class Annotations
    {
        /// <summary>Collects what is said about a column.</summary>
        public sealed class Builder
        {
            private readonly List<(string Name, DataViewType Type, Delegate Getter, Annotations Annotations)> _items = [];

            public Builder()
            {
            }

            public void Add(Annotations annotations, Func<string, bool> selector)
            {
                ArgumentNullException.ThrowIfNull(selector);
                foreach (Column column in annotations?.Schema ?? (IEnumerable<Column>)[])
                {
                    if (selector(column.Name))
                    {
                        _items.Add((column.Name, column.Type, annotations.GetterOf(column.Index), column.Annotations));
                    }
                }
            }

            public void Add<TValue>(string name, DataViewType type, ValueGetter<TValue> getter, Annotations annotations = null)
            {
                if (string.IsNullOrEmpty(name))
                {
                    throw new ArgumentNullException(nameof(name));
                }

                ArgumentNullException.ThrowIfNull(type);
                ArgumentNullException.ThrowIfNull(getter);
                if (type.RawType != typeof(TValue))
                {
                    throw new ArgumentException($"{nameof(type)}.{nameof(type.RawType)} must be of type '{typeof(TValue)}'.", nameof(type));
                }

                _items.Add((name, type, getter, annotations));
            }

            public void Add(string name, DataViewType type, Delegate getter, Annotations annotations = null)
            {
                ArgumentNullException.ThrowIfNull(type);
                if (getter?.GetType() != typeof(ValueGetter<>).MakeGenericType(type.RawType))
                {
                    throw new TargetInvocationException(new ArgumentException($"{nameof(getter)} must be a ValueGetter of '{type.RawType}'.", nameof(getter)));
                }

                MethodInfo add = typeof(Builder).GetMethods().Single(m => m.Name == nameof(Add) && m.IsGenericMethodDefinition);
                add.MakeGenericMethod(type.RawType).Invoke(this, [name, type, getter, annotations]);
            }

            public void AddPrimitiveValue<TValue>(string name, PrimitiveDataViewType type, TValue value, Annotations annotations = null)
                => Add(name, type, (ref TValue target) => target = value, annotations);

            public Annotations ToAnnotations()
                => new(new DataViewSchema([.. _items.Select(i => new DetachedColumn(i.Name, i.Type, i.Annotations))]), [.. _items.Select(i => i.Getter)]);
        }
    }
}
