# What wixl does not know of the MSI, a statement a line; `scripts/package/windows` adds it by msibuild, with the
# version where @VERSION@ stands.

# Presets are written where they were given, now or to an earlier version. What is found before the rights are
# raised must pass to the part that has them.
UPDATE `Component` SET `Condition` = 'ENVIRONMENT' WHERE `Component` = 'Environment'
UPDATE `Component` SET `Condition` = 'ALLOWEDENVIRONMENTS' WHERE `Component` = 'AllowedEnvironments'
UPDATE `Component` SET `Condition` = 'PROXY' WHERE `Component` = 'Proxy'
UPDATE `Component` SET `Condition` = 'CERTIFICATEFILE' WHERE `Component` = 'CertificateFile'
UPDATE `Component` SET `Condition` = 'LAUNCHATLOGIN' WHERE `Component` = 'LaunchAtLogin'
UPDATE `Component` SET `Condition` = 'HIDENOTIFICATIONDETAILS' WHERE `Component` = 'HideNotificationDetails'
UPDATE `Component` SET `Condition` = 'NOPASTEDTOKENS' WHERE `Component` = 'NoPastedTokens'
UPDATE `Property` SET `Value` = 'WIX_DOWNGRADE_DETECTED;WIX_UPGRADE_DETECTED;ENVIRONMENT;ALLOWEDENVIRONMENTS;PROXY;CERTIFICATEFILE;LAUNCHATLOGIN;HIDENOTIFICATIONDETAILS;NOPASTEDTOKENS;OLDENVIRONMENT;OLDALLOWEDENVIRONMENTS;OLDPROXY;OLDCERTIFICATEFILE;OLDLAUNCHATLOGIN;OLDHIDENOTIFICATIONDETAILS;OLDNOPASTEDTOKENS;WEBVIEW2VERSION' WHERE `Property` = 'SecureCustomProperties'

# A property is set in what runs as the user, at once: wixl adds 2048, which is for deferred actions alone.
UPDATE `CustomAction` SET `Type` = 51 WHERE `Type` = 2099

# Inside the transaction: where the new version cannot be put there, the old one comes back.
UPDATE `InstallExecuteSequence` SET `Sequence` = 1501 WHERE `Action` = 'RemoveExistingProducts'

# Another build of the same version is an upgrade too: it would be installed and listed beside the first one. 513: up
# to this version itself (512), and what was chosen stays (1). It is part of the key, which cannot be updated.
DELETE FROM `Upgrade` WHERE `ActionProperty` = 'WIX_UPGRADE_DETECTED'
INSERT INTO `Upgrade` (`UpgradeCode`, `VersionMax`, `Attributes`, `ActionProperty`) VALUES ('{4D1F0F4C-6F1B-4C57-9C5E-3B8E7C1A2D90}', '@VERSION@', 513, 'WIX_UPGRADE_DETECTED')

# Windows shows notifications of a program only if its shortcut has the same id as they have.
CREATE TABLE `MsiShortcutProperty` (`MsiShortcutProperty` CHAR(72) NOT NULL, `Shortcut_` CHAR(72) NOT NULL, `PropertyKey` CHAR(255) NOT NULL, `PropVariantValue` CHAR(255) NOT NULL PRIMARY KEY `MsiShortcutProperty`)
INSERT INTO `MsiShortcutProperty` (`MsiShortcutProperty`, `Shortcut_`, `PropertyKey`, `PropVariantValue`) VALUES ('AppId', 'StartMenu', 'System.AppUserModel.ID', 'app.runwatch.desktop')
INSERT INTO `MsiShortcutProperty` (`MsiShortcutProperty`, `Shortcut_`, `PropertyKey`, `PropVariantValue`) VALUES ('ToastActivator', 'StartMenu', 'System.AppUserModel.ToastActivatorCLSID', '{6B5C3D7E-2F0A-4C0E-9C66-6E3B4E0D8A51}')
