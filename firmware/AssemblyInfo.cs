using System.Reflection;

// One file for every firmware assembly: a nanoFramework project generates none.
[assembly: AssemblyProduct("EdgeChat")]
[assembly: AssemblyCopyright("The EdgeChat authors. MIT licence.")]
[assembly: AssemblyVersion("0.1.0.0")]
