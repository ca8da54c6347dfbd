// Many tests wait for real time to pass (retries, keep-alive): they wait side by side. So no test may share anything with another.
[assembly: Parallelize(Workers = 4, Scope = ExecutionScope.MethodLevel)]
