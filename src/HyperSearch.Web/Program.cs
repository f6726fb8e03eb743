Microsoft.AspNetCore.Builder.WebApplication.CreateSlimBuilder();
System.Console.WriteLine("ok");
