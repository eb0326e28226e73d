/* Holds a file until it is killed: others may read and write it, and cannot delete it. */
#include <stdio.h>
#include <windows.h>

int wmain(int count, wchar_t **arguments)
{
    DWORD shared = FILE_SHARE_READ | FILE_SHARE_WRITE;
    if (count != 2)
        return 2;
    if (CreateFileW(arguments[1], GENERIC_READ, shared, NULL, OPEN_EXISTING, 0, NULL) == INVALID_HANDLE_VALUE)
        return 1;
    puts("held");
    fflush(stdout);
    Sleep(INFINITE);
    return 0;
}
