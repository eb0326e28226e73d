/* Stands in for Microsoft's WebView2 bootstrapper in the tests of the installers: says in the registry that
   WebView2 is there, as that does, and counts how often it ran. */
#include <windows.h>

int WINAPI WinMain(HINSTANCE own, HINSTANCE none, LPSTR arguments, int show)
{
    const wchar_t *place = L"Software\\WOW6432Node\\Microsoft\\EdgeUpdate\\Clients\\"
                           L"{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    HKEY key;
    DWORD runs = 0, size = sizeof runs;
    if (lstrcmpA(arguments, "/silent /install") != 0)
        return 1;
    if (RegCreateKeyW(HKEY_LOCAL_MACHINE, place, &key) != 0)
        return 1;
    RegSetValueExW(key, L"pv", 0, REG_SZ, (const BYTE *)L"130.0.2849.80", sizeof L"130.0.2849.80");
    RegQueryValueExW(key, L"runs", NULL, NULL, (BYTE *)&runs, &size);
    runs++;
    RegSetValueExW(key, L"runs", 0, REG_DWORD, (const BYTE *)&runs, sizeof runs);
    return 0;
}
