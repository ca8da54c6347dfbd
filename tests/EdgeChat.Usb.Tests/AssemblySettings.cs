// virtual time: nothing waits, and nothing is shared
[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.MethodLevel)]
