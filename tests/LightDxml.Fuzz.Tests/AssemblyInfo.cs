// Memory is counted over the whole process: one reader at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
