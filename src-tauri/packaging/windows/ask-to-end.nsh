; Included by setup.nsi: how setup and uninstaller ask each Runwatch that was started from here to end, and start
; again what was watching.

!define RUNS "Runwatch is running and did not end within 20 seconds. Nothing was changed. Quit it with its icon \
beside the clock, also where you are signed in to Windows a second time, and try again."

; What was running: the arguments of each, with a stroke after it.
Var Again

!macro AskToEnd UN
; Whether the program is in use: in $0. It is opened for writing, which Windows refuses while it runs.
Function ${UN}IsInUse
  StrCpy $0 no
  ${If} ${FileExists} "$INSTDIR\runwatch.exe"
    ClearErrors
    FileOpen $1 "$INSTDIR\runwatch.exe" a
    ${If} ${Errors}
      StrCpy $0 yes
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
FunctionEnd

; Closes the hidden window of each Runwatch that was started from here, whatever its data folder: that asks it
; to end (platform/src/os/windows/wake_events.rs).
Function ${UN}CloseAll
  ; Windows tells where a program really lies, also where the way to it leads over a link.
  System::Call 'kernel32::CreateFileW(w "$INSTDIR\runwatch.exe", i 0, i 7, p 0, i 3, i 0, p 0) p .r3'
  System::Call 'kernel32::GetFinalPathNameByHandleW(p r3, w .r7, i ${NSIS_MAX_STRLEN}, i 0)'
  System::Call 'kernel32::CloseHandle(p r3)'
  StrCpy $7 $7 "" 4 ; it begins with two strokes, a question mark and a stroke
  ${If} $7 == ""
    StrCpy $7 "$INSTDIR\runwatch.exe"
  ${EndIf}
  StrCpy $1 0
  ${Do}
    System::Call 'user32::FindWindowExW(p 0, p r1, w "Runwatch wake", p 0) p .r1'
    ${If} $1 P= 0
      ${ExitDo}
    ${EndIf}
    System::Call 'user32::GetWindowThreadProcessId(p r1, *i .r2)'
    System::Call 'kernel32::OpenProcess(i 0x1000, i 0, i r2) p .r3' ; PROCESS_QUERY_LIMITED_INFORMATION
    System::Call 'kernel32::QueryFullProcessImageNameW(p r3, i 0, w .r4, *i ${NSIS_MAX_STRLEN})'
    System::Call 'kernel32::CloseHandle(p r3)'
    ${If} $3 P= 0
      StrCpy $4 ""
    ${EndIf}
    ${If} $4 == "$INSTDIR\runwatch.exe"
    ${OrIf} $4 == $7
      System::Call 'user32::GetWindowTextW(p r1, w .r8, i ${NSIS_MAX_STRLEN})'
      ${If} $8 == "Runwatch wake" ; of an older version, which does not say it
        StrCpy $8 "--hidden"
      ${EndIf}
      StrCpy $6 $8 2
      ClearErrors
      ${WordFind} "$Again" "|" "E/$8" $9
      ${If} $6 == "--"
      ${AndIf} ${Errors}
        StrCpy $Again "$Again$8|"
      ${EndIf}
      System::Call 'user32::PostMessageW(p r1, i ${WM_CLOSE}, p 0, p 0)'
    ${EndIf}
  ${Loop}
FunctionEnd

; What a setup has unpacked and not used goes.
Function ${UN}Tidy
  Delete "$INSTDIR\runwatch.new"
  Delete "$INSTDIR\loader.new"
  Delete "$INSTDIR\notices.new"
  Delete "$INSTDIR\uninstall.new"
FunctionEnd

; Asks it to end, and waits: it shows what it has to tell, and lets an action on its way be answered.
Function ${UN}End
  StrCpy $Again ""
  ${Do}
    ${For} $5 0 40
      Call ${UN}IsInUse
      ${If} $0 == no
        Return
      ${EndIf}
      ; Again after some seconds: a second one may have been about to start.
      IntOp $6 $5 % 10
      ${If} $6 = 0
        Call ${UN}CloseAll
      ${EndIf}
      Sleep 500
    ${Next}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${RUNS}" /SD IDCANCEL IDRETRY again
    ; Those that did end.
    Call ${UN}StartAgain
    Call ${UN}Tidy
    ${If} ${Silent}
      !insertmacro Fail ${STILL_RUNS} "${RUNS}"
    ${EndIf}
    SetErrorLevel ${STILL_RUNS}
    Quit
    again:
  ${Loop}
FunctionEnd

; What was watching watches again, each on its data folder, whatever became of the rest.
Function ${UN}StartAgain
  StrCpy $5 1
  ${Do}
    ClearErrors
    ${WordFind} "$Again" "|" "E+$5" $8
    ${If} ${Errors}
      ${ExitDo}
    ${EndIf}
    Exec '"$INSTDIR\runwatch.exe" $8'
    IntOp $5 $5 + 1
  ${Loop}
FunctionEnd
!macroend
