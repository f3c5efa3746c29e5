global using Microsoft.WSMan.Management.Tests.Support;
global using Xunit;
