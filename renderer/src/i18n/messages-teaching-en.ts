/** What is said of words that are taught, in English. */
export const englishTeaching = {
  teach: {
    title: 'Teach a word',
    titleOf: 'Teach “{name}”',
    examples: '{n} photo shows it. What is it? | {n} photos show it. What is it?',
    word: 'Find a label of yours, or name a new one',
    wordHint: 'Five photos are a good beginning. Everything stays on this computer.',
    question: 'Is this “{name}”?',
    yes: 'Yes',
    no: 'No',
    skip: 'Skip',
    back: 'Back',
    of: '{at} of {total}',
    learning: 'Learning…',
    noQuestions: 'There is no photo to ask about yet',
    noQuestionsHint:
      'Photos are asked about once they have been recognised. Come back when indexing is done.',
    learnt: 'Learnt from {yes} that are it and {no} that are not.',
    orderOnly:
      'That is too little to say how likely other photos are. They are shown in order; more answers help.',
    probabilities:
      'Of the others {sure} are sure and {possible} possible. New photos follow as they are indexed.',
    more: 'Ten more',
    answerMore: 'Answer ten more',
    show: 'Show the photos',
    keepAll: 'Save a search for all of them',
    keepAllOf: 'Save a search for all “{name}”',
    taught: '“{label}” is learnt from {n} photo. | “{label}” is learnt from {n} photos.',
    answered: '{n} answer about “{label}”. | {n} answers about “{label}”.',
    unlearn: 'Forget what was learnt of “{name}”',
    unlearnt: 'What was learnt of “{label}” is forgotten. Photos that you gave it keep it.',
    offer: 'Teach “{text}”…',
    offerHint: 'Show me a few photos of it, and I find the others.',
    wanted: 'Select some photos of “{name}”, then press {key}.',
    line: {
      probabilities:
        '“{name}” is taught by {yes} yes and {no} no. Of the others {sure} are sure, {possible} possible.',
      order:
        '“{name}” is taught by {yes} yes and {no} no. Too little for percentages; the likeliest come first.',
      waiting: '“{name}” is being learnt.',
    },
  },
}
