/** What is said of files in the folders that are no photos, in English. */
export const englishOtherFiles = {
  otherFiles: {
    videos: '{n} video | {n} videos',
    others: '{n} other file | {n} other files',
    both: '{videos} and {others} are not shown',
    some: '{files} is not shown | {files} are not shown',
    why: 'Kartoteka shows photos. It leaves other files as and where they are.',
    noEnding: 'without an ending',
  },
}
