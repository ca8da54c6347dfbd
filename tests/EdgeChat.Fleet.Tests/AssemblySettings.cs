// No test shares anything with another; those with a broker wait for real time to pass.
[assembly: Parallelize(Workers = 4, Scope = ExecutionScope.MethodLevel)]
