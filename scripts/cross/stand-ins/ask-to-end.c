/* Asks each Runwatch to end as the setup does: closes its hidden window. Fails where there is none. */
#include <windows.h>

int main(void)
{
    HWND window = NULL;
    int asked = 0;
    while ((window = FindWindowExW(NULL, window, L"Runwatch wake", NULL)) != NULL)
        asked += PostMessageW(window, WM_CLOSE, 0, 0) != 0;
    return asked > 0 ? 0 : 1;
}
