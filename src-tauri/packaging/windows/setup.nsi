; The setup for one user, without administrator rights. `scripts/package/windows` compiles it and says what
; is defined: VERSION, OUT, SIGN, STAGE (the folder of all that is packed), and QUICK where it is for tests.
;
;   Runwatch-VERSION-setup.exe [/S] [/D=FOLDER]    /S asks and shows nothing; /D comes last, without quotes
;   uninstall.exe [/S] [/FORGET] [_?=FOLDER]       _?= comes last, and makes it wait and give its exit code
; Exit codes: 0 done, 1 given up by the user, 2 broken; the others stand here and in README.md.
!define NEWER_IS_HERE 10
!define STILL_RUNS 11
!define CANNOT_WRITE 12
!define IS_HERE_FOR_ALL 13
!define SECRETS_ARE_LEFT 14
!define IS_ELSEWHERE 16
!define ANOTHER_IS_AT_WORK 17
!define CANNOT_DELETE 18

; How often a file is put into its place or deleted, and milliseconds between: five seconds in all.
!define TRIES 20
!define BETWEEN_TRIES 250

!cd "${STAGE}"
Unicode true
Target amd64-unicode
RequestExecutionLevel user
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
!endif
ManifestDPIAware true
ManifestSupportedOS Win10

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include Win\COM.nsh
!include Win\Propkey.nsh

!define IDENTIFIER app.runwatch.desktop
!define UNINSTALL Software\Microsoft\Windows\CurrentVersion\Uninstall\Runwatch
!define RUN Software\Microsoft\Windows\CurrentVersion
; What the shortcut names as the receiver of clicks on notifications; the scheme receives them.
!define TOAST_ACTIVATOR {6B5C3D7E-2F0A-4C0E-9C66-6E3B4E0D8A51}
!define WEBVIEW2_ID {F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}
!define WEBVIEW2_PLACE "https://developer.microsoft.com/microsoft-edge/webview2"

Name Runwatch
BrandingText "Runwatch ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Runwatch"
InstallDirRegKey HKCU "${UNINSTALL}" InstallLocation
; Where it cannot be signed there is no setup.
!uninstfinalize '"${SIGN}" "%1"' = 0

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey ProductName Runwatch
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "Runwatch setup"
VIAddVersionKey CompanyName Runwatch
VIAddVersionKey LegalCopyright "MIT License"

Var Forget
Var ForgetBox

!define MUI_ICON runwatch.ico
!define MUI_UNICON runwatch.ico
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "Runwatch ${VERSION} is installed for you alone; no administrator is needed. If \
Runwatch is running, it is asked to end and started again. What it keeps for you stays as it is."
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\runwatch.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Open Runwatch"
!insertmacro MUI_PAGE_FINISH
UninstPage custom un.AskWhetherToForget un.TakeAnswer
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

; Says a sentence to who sits here or, of a silent setup, to the console that it was started from.
!macro Say TEXT ICON
  DetailPrint "${TEXT}"
  MessageBox MB_OK|${ICON} "${TEXT}" /SD IDOK
  ${If} ${Silent}
    System::Call 'kernel32::AttachConsole(i -1)'
    System::Call 'kernel32::GetStdHandle(i -12) p .r9'
    FileWrite $9 "${TEXT}$\r$\n"
  ${EndIf}
!macroend

; Says why, and ends with an exit code.
!macro Fail CODE TEXT
  !insertmacro Say "${TEXT}" MB_ICONSTOP
  SetErrorLevel ${CODE}
  Quit
!macroend

!include "${__FILEDIR__}/ask-to-end.nsh"
!insertmacro AskToEnd ""
!insertmacro AskToEnd "un."

; One at a time in a session, setup or uninstaller: two would work on the same files. Windows lets go of the name as
; the program ends. 183: it is there (ERROR_ALREADY_EXISTS); 5: as that of an administrator's (ERROR_ACCESS_DENIED).
!macro BeTheOnlyOne
  ; In all sessions of this user, who may have two on a server.
  ReadEnvStr $0 USERNAME
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "Global\${IDENTIFIER}.setup.$0") p .r1 ?e'
  Pop $0
  ${If} $0 = 183
  ${OrIf} $0 = 5
    !insertmacro Fail ${ANOTHER_IS_AT_WORK} "Another setup of Runwatch is at work. Nothing was changed. Try again once \
it is done."
  ${EndIf}
!macroend

Function .onInit
  !insertmacro BeTheOnlyOne
  ${If} ${FileExists} "$PROGRAMFILES64\Runwatch\runwatch.exe"
    !insertmacro Fail ${IS_HERE_FOR_ALL} "Runwatch is installed on this computer for all its users. Open it from \
the Start menu; your IT keeps it up to date. Nothing was changed."
  ${EndIf}
  ReadRegStr $0 HKCU "${UNINSTALL}" DisplayVersion
  ${If} $0 != ""
    ${VersionCompare} $0 "${VERSION}" $1
    ${If} $1 = 1
      !insertmacro Fail ${NEWER_IS_HERE} "Runwatch $0 is installed, which is newer than ${VERSION}. Nothing was \
changed. To go back to ${VERSION}, remove Runwatch in Windows' settings first; what it keeps for you stays."
    ${EndIf}
  ${EndIf}
  ; Beside one in another folder: that one would go on running and starting at login, and nothing would remove it.
  ReadRegStr $0 HKCU "${UNINSTALL}" InstallLocation
  ${If} $0 != ""
  ${AndIf} ${FileExists} "$0\runwatch.exe"
    ; However each folder is written, it is the same file then.
    GetFullPathName /SHORT $1 "$0\runwatch.exe"
    GetFullPathName /SHORT $2 "$INSTDIR\runwatch.exe"
    ${If} $1 != $2
      !insertmacro Fail ${IS_ELSEWHERE} "Runwatch is installed in $0. Remove it there first, or install it there, \
without /D=FOLDER. Nothing was changed."
    ${EndIf}
  ${EndIf}
FunctionEnd

; Unpacks all of it beside what is there, before a Runwatch is asked to end: where there is no room, or no file can
; be written, nothing was changed. A disk that is full while a file is written ends in .onInstFailed.
Function Unpack
  ClearErrors
  SetOutPath "$INSTDIR"
  SetOverwrite try
  File "/oname=runwatch.new" runwatch.exe
  !if /FileExists "WebView2Loader.dll" ; none where it is built with Microsoft's compiler
    File "/oname=loader.new" WebView2Loader.dll
  !endif
  File "/oname=notices.new" THIRD-PARTY-NOTICES.txt
  ${If} ${Errors}
    Call Tidy
    !insertmacro Fail ${CANNOT_WRITE} "Runwatch cannot be installed into $INSTDIR: nothing can be written there. \
Nothing was changed. Ask your IT, or choose another folder with /D=FOLDER."
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.new"
  ${If} ${Errors}
    Call NoRoom
    Quit
  ${EndIf}
  !if /FileExists MicrosoftEdgeWebview2Setup.exe
    Call FindWebView2
    ${If} $0 == ""
      InitPluginsDir
      File "/oname=$PLUGINSDIR\webview2.exe" MicrosoftEdgeWebview2Setup.exe
    ${EndIf}
  !endif
FunctionEnd

Function NoRoom
  Call Tidy
  !insertmacro Say "Runwatch cannot be installed into $INSTDIR: the disk may be full. Nothing was changed. Make room \
and try again." MB_ICONSTOP
  SetErrorLevel ${CANNOT_WRITE}
FunctionEnd

; NSIS calls it where a file could not be written to its end.
Function .onInstFailed
  Call NoRoom
FunctionEnd

; Puts one of the unpacked files into its place, in one step or not at all. A scanner may hold it for a moment.
!macro Put FROM TO
  StrCpy $1 ${TRIES}
  ${Do}
    ; MOVEFILE_REPLACE_EXISTING and MOVEFILE_WRITE_THROUGH.
    System::Call 'kernel32::MoveFileExW(w "$INSTDIR\${FROM}", w "$INSTDIR\${TO}", i 9) i .r0'
    IntOp $1 $1 - 1
    ${If} $0 <> 0
    ${OrIf} $1 = 0
      ${ExitDo}
    ${EndIf}
    Sleep ${BETWEEN_TRIES}
  ${Loop}
  ${If} $0 = 0
    Call Tidy
    Call StartAgain
    !insertmacro Fail ${CANNOT_WRITE} "Runwatch could not be written to $INSTDIR: another program may hold ${TO} \
there. An older Runwatch is as it was. Try again."
  ${EndIf}
!macroend

; The program comes last: what is before it serves an older one as well.
Function PutProgram
  !insertmacro Put notices.new THIRD-PARTY-NOTICES.txt
  !insertmacro Put uninstall.new uninstall.exe
  !if /FileExists "WebView2Loader.dll"
    !insertmacro Put loader.new WebView2Loader.dll
  !endif
  !insertmacro Put runwatch.new runwatch.exe
FunctionEnd

; Windows shows notifications of a program only if its shortcut has the same id as they have.
Function PutShortcut
  CreateShortcut "$SMPROGRAMS\Runwatch.lnk" "$INSTDIR\runwatch.exe"
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P= 0
    Return
  ${EndIf}
  ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
  ${If} $1 P<> 0
    ${IPersistFile::Load} $1 '("$SMPROGRAMS\Runwatch.lnk",2)' ; STGM_READWRITE
    ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
    ${If} $2 P<> 0
      System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r3'
      System::Call 'oleaut32::SysAllocString(w "${IDENTIFIER}")p.r4'
      System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_BSTR},,p r4)p.r5'
      ${IPropertyStore::SetValue} $2 '($3,$5)'
      System::Call 'oleaut32::SysFreeString(p r4)'
      System::Free $5
      System::Free $3
      ; PKEY_AppUserModel_ToastActivatorCLSID
      System::Call '*${SYSSTRUCT_PROPERTYKEY}("{9F4C2855-9F79-4B39-A8D0-E1D42DE1D5F3}",26)p.r3'
      System::Call '*(&g16 "${TOAST_ACTIVATOR}")p.r4'
      System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_CLSID},,p r4)p.r5'
      ${IPropertyStore::SetValue} $2 '($3,$5)'
      System::Free $5
      System::Free $4
      System::Free $3
      ${IPropertyStore::Commit} $2 ""
      ${IUnknown::Release} $2 ""
    ${EndIf}
    ${IPersistFile::Save} $1 '("$SMPROGRAMS\Runwatch.lnk",1)'
    ${IUnknown::Release} $1 ""
  ${EndIf}
  ${IUnknown::Release} $0 ""
FunctionEnd

Function PutKeys
  WriteRegStr HKCU Software\Classes\runwatch "" "URL:Runwatch"
  WriteRegStr HKCU Software\Classes\runwatch "URL Protocol" ""
  WriteRegStr HKCU Software\Classes\runwatch\DefaultIcon "" '"$INSTDIR\runwatch.exe",0'
  WriteRegStr HKCU Software\Classes\runwatch\shell\open\command "" '"$INSTDIR\runwatch.exe" "%1"'
  WriteRegStr HKCU Software\Classes\AppUserModelId\${IDENTIFIER} DisplayName Runwatch
  WriteRegStr HKCU "${UNINSTALL}" DisplayName Runwatch
  WriteRegStr HKCU "${UNINSTALL}" DisplayVersion "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" Publisher Runwatch
  WriteRegStr HKCU "${UNINSTALL}" DisplayIcon '"$INSTDIR\runwatch.exe",0'
  WriteRegStr HKCU "${UNINSTALL}" InstallLocation "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" UninstallString '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" QuietUninstallString '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" NoModify 1
  WriteRegDWORD HKCU "${UNINSTALL}" NoRepair 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" EstimatedSize $0
FunctionEnd

; The version of WebView2 that is here: in $0.
Function FindWebView2
  ReadRegStr $0 HKLM Software\WOW6432Node\Microsoft\EdgeUpdate\Clients\${WEBVIEW2_ID} pv
  ${If} $0 == ""
  ${OrIf} $0 == "0.0.0.0"
    ReadRegStr $0 HKCU Software\Microsoft\EdgeUpdate\Clients\${WEBVIEW2_ID} pv
  ${EndIf}
  ${If} $0 == "0.0.0.0"
    StrCpy $0 ""
  ${EndIf}
FunctionEnd

Function PutWebView2
  Call FindWebView2
  !if /FileExists MicrosoftEdgeWebview2Setup.exe
    ${If} $0 == ""
      DetailPrint "Microsoft Edge WebView2 is being installed, which draws the window."
      ExecWait '"$PLUGINSDIR\webview2.exe" /silent /install' $1
      Call FindWebView2
    ${EndIf}
  !endif
  ${If} $0 == ""
    !insertmacro Say "Runwatch is installed, but its window needs Microsoft Edge WebView2, a part of Windows \
that is not on this computer. Get it from ${WEBVIEW2_PLACE} or from your IT." MB_ICONEXCLAMATION
  ${EndIf}
FunctionEnd

Section
  Call Unpack
  Call End
  Call PutProgram
  Call PutShortcut
  Call PutKeys
  ; Before what may take minutes: nobody watches until then.
  Call StartAgain
  Call PutWebView2
SectionEnd

Function un.onInit
  !insertmacro BeTheOnlyOne
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/FORGET" $1
  ${IfNot} ${Errors}
    StrCpy $Forget ${BST_CHECKED}
  ${EndIf}
FunctionEnd

Function un.AskWhetherToForget
  !insertmacro MUI_HEADER_TEXT "Remove Runwatch" "It ends if it is running, and watches nothing any more."
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 30u "The history of your runs stays in $LOCALAPPDATA\${IDENTIFIER}. Delete that \
folder if you do not want to keep it."
  Pop $0
  ${NSD_CreateCheckbox} 0 40u 100% 12u "Also delete Runwatch's sign-ins from Windows' Credential Manager"
  Pop $ForgetBox
  ${NSD_SetState} $ForgetBox $Forget
  nsDialogs::Show
FunctionEnd

Function un.TakeAnswer
  ${NSD_GetState} $ForgetBox $Forget
FunctionEnd

; While the program is there: it alone knows which entries are its own. Those of data folders that were
; named with --data-dir stay, as in any `runwatch --forget`.
Function un.ForgetSecrets
  ClearErrors
  ExecWait '"$INSTDIR\runwatch.exe" --forget' $0
  ${If} ${Errors} ; it is damaged or not there, and $0 says nothing
    !insertmacro Fail ${SECRETS_ARE_LEFT} "Runwatch's sign-ins could not be deleted from Windows' Credential \
Manager, as Runwatch does not start, so it was not removed. Run its setup again first, or remove it without deleting \
them; they are called $\"Runwatch: …$\"."
  ${EndIf}
  ${If} $0 <> 0
    Call un.StartAgain
    !insertmacro Fail ${SECRETS_ARE_LEFT} "Runwatch's sign-ins could not be deleted from Windows' Credential \
Manager, so it was not removed. Try again, or remove it without deleting them; they are called $\"Runwatch: …$\"."
  ${EndIf}
FunctionEnd

; Launch at login, which the app has set, one entry for each data folder.
Function un.DeleteLogins
  StrLen $0 '"$INSTDIR\runwatch.exe"'
  StrCpy $1 0
  ${Do}
    ; A name may be empty: the end is an error.
    ClearErrors
    EnumRegValue $2 HKCU "${RUN}\Run" $1
    ${If} ${Errors}
      ${ExitDo}
    ${EndIf}
    ReadRegStr $3 HKCU "${RUN}\Run" $2
    StrCpy $3 $3 $0
    ${If} $3 == '"$INSTDIR\runwatch.exe"'
      DeleteRegValue HKCU "${RUN}\Run" $2
      DeleteRegValue HKCU "${RUN}\Explorer\StartupApproved\Run" $2
    ${Else}
      IntOp $1 $1 + 1
    ${EndIf}
  ${Loop}
FunctionEnd

; First of all: while the program is there, so must be what finds, starts and removes it. A scanner may hold it.
Function un.DeleteProgram
  StrCpy $1 ${TRIES}
  ${Do}
    Delete "$INSTDIR\runwatch.exe"
    ${IfNot} ${FileExists} "$INSTDIR\runwatch.exe"
      Return
    ${EndIf}
    IntOp $1 $1 - 1
    ${If} $1 = 0
      ${ExitDo}
    ${EndIf}
    Sleep ${BETWEEN_TRIES}
  ${Loop}
  Call un.StartAgain
  !insertmacro Fail ${CANNOT_DELETE} "Runwatch could not be removed: another program may hold runwatch.exe in \
$INSTDIR. All its files are still there. Try again."
FunctionEnd

Section Uninstall
  Call un.End
  ${If} $Forget = ${BST_CHECKED}
    Call un.ForgetSecrets
  ${EndIf}
  Call un.DeleteProgram
  Delete "$INSTDIR\WebView2Loader.dll"
  Delete "$INSTDIR\THIRD-PARTY-NOTICES.txt"
  Delete "$INSTDIR\uninstall.exe"
  Call un.Tidy
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Runwatch.lnk"
  ReadRegStr $0 HKCU Software\Classes\runwatch\shell\open\command ""
  ${If} $0 == '"$INSTDIR\runwatch.exe" "%1"'
    DeleteRegKey HKCU Software\Classes\runwatch
  ${EndIf}
  DeleteRegKey HKCU Software\Classes\AppUserModelId\${IDENTIFIER}
  Call un.DeleteLogins
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
