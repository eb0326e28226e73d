# With Microsoft's bootstrapper in the MSI: it runs where WebView2 is missing, as the system, and a failure of
# it does not end the installation. 3138: a program of the MSI, deferred, not impersonated, its answer ignored.
INSERT INTO `CustomAction` (`Action`, `Type`, `Source`, `Target`) VALUES ('InstallWebView2', 3138, 'WebView2', '/silent /install')
INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`) VALUES ('InstallWebView2', 'NOT Installed AND (NOT WEBVIEW2VERSION OR WEBVIEW2VERSION = "0.0.0.0")', 4001)
