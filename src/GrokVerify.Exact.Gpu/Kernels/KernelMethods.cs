using System.Reflection;
using GrokVerify.Exact.Products;

namespace GrokVerify.Exact.Gpu.Kernels;

/// <summary>Every kernel, by name.</summary>
internal static class KernelMethods
{
    /// <summary>The public methods of this folder's static classes that return nothing; a generic one for both heights of a tile.</summary>
    public static IReadOnlyDictionary<string, MethodInfo> All { get; } = typeof(KernelMethods).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(KernelMethods).Namespace && type is { IsAbstract: true, IsSealed: true })
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
        .Where(method => method.ReturnType == typeof(void))
        .SelectMany(method => method.IsGenericMethodDefinition ? [method.MakeGenericMethod(typeof(Rows4)), method.MakeGenericMethod(typeof(Rows8))] : new[] { method })
        .ToDictionary(method => $"{method.DeclaringType!.Name}.{method.Name}{(method.IsGenericMethod ? $"<{method.GetGenericArguments()[0].Name}>" : "")}");
}
