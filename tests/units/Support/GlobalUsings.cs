global using Microsoft.WSMan.Management.Units.Support;
global using Xunit;
