; "Open with Kartoteka" on folders, for the person who installs it only.
!macro customInstall
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Kartoteka" "" "Find photos with Kartoteka"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Kartoteka" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME}"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Kartoteka\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey SHCTX "Software\Classes\Directory\shell\Kartoteka"
!macroend
