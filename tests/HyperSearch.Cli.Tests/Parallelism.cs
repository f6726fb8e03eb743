// These tests wait for processes more than they compute: twice as many as two processors have keep both busy.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]
