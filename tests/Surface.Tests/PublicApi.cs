// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Text;

namespace MLNetExtensions.Surface.Tests;

/// <summary>Prints the public surface of an assembly, one sorted line per type and member.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Print(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().Where(type => !IsGenerated(type)).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(type.Namespace).Append('.').Append(Name(type)).Append('\n');
            foreach (string member in Members(type).Distinct().OrderBy(line => line, StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }
        return text.ToString();
    }

    // The protobuf classes are ONNX's surface, not ours, and the generator's version shapes them.
    private static bool IsGenerated(Type type) => type.Namespace?.EndsWith(".Protobuf", StringComparison.Ordinal) == true;

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), null)}");
        }
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return [Signature(type.GetMethod("Invoke")!)];
        }
        return type.GetConstructors(Declared).Where(c => Visible(c) && !c.IsStatic).Select(c => $"new({Parameters(c)})")
            .Concat(type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily).Select(f => $"{Static(f.IsStatic)}{Name(f.FieldType)} {f.Name}"))
            .Concat(type.GetProperties(Declared).Where(p => p.GetAccessors(true).Any(Visible)).Select(Property))
            .Concat(type.GetEvents(Declared).Where(e => Visible(e.AddMethod)).Select(e => $"event {Name(e.EventHandlerType!)} {e.Name}"))
            .Concat(type.GetMethods(Declared).Where(m => Visible(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)) && !m.Name.Contains('<')).Select(Signature));
    }

    private static string Property(PropertyInfo property)
    {
        var index = property.GetIndexParameters();
        string name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(p => Name(p.ParameterType)))}]";
        string get = Visible(property.GetMethod) ? " get;" : "";
        string set = !Visible(property.SetMethod) ? ""
            : property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? " init;" : " set;";
        return $"{Static(property.GetAccessors(true)[0].IsStatic)}{Name(property.PropertyType)} {name} {{{get}{set} }}";
    }

    private static string Signature(MethodInfo method)
    {
        string generics = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        return $"{Static(method.IsStatic)}{Name(method.ReturnType)} {method.Name}{generics}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? parameter.IsIn ? "in " : "ref " : "")}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.RawDefaultValue ?? "null") : "")}"));

    private static string Kind(Type type) => type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct"
        : typeof(Delegate).IsAssignableFrom(type) ? "delegate" : type.IsAbstract && type.IsSealed ? "static class"
        : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static bool Visible(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!);
        }
        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }
        string name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? name : $"{name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
