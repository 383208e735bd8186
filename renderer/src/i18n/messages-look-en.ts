/** What the settings say of how carefully photos are looked at, in English. */
export const englishLook = {
  look: {
    title: 'Careful recognition',
    hint: 'May get a few more photos right, and takes longer. After a change your photos are recognised again in the background; what you decided stays.',
    choice: {
      plain: 'Off: {right} of 100 test photos are right at the first guess',
      mirror: 'The mirror image too: {right} of 100 are right, and recognising takes {times}× as long',
      crops:
        'The mirror image and the middle of both: {right} of 100 are right, and recognising takes {times}× as long',
    },
  },
}
