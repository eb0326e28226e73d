/* Writes and lists entries of the Credential Manager, for the tests of the installers under Wine.
     credential.exe TARGET   writes one
     credential.exe          prints the targets that begin with "Runwatch: " */
#include <stdio.h>
#include <windows.h>
#include <wincred.h>

int wmain(int count, wchar_t **arguments)
{
    if (count == 2) {
        CREDENTIALW one = {0};
        one.Type = CRED_TYPE_GENERIC;
        one.TargetName = arguments[1];
        one.UserName = L"test";
        one.CredentialBlob = (LPBYTE)"hush";
        one.CredentialBlobSize = 4;
        one.Persist = CRED_PERSIST_LOCAL_MACHINE;
        return CredWriteW(&one, 0) ? 0 : 1;
    }
    DWORD found = 0;
    PCREDENTIALW *all = NULL;
    if (CredEnumerateW(L"Runwatch: *", 0, &found, &all))
        for (DWORD i = 0; i < found; i++)
            wprintf(L"%ls\n", all[i]->TargetName);
    return 0;
}
