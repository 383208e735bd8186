/** How carefully the network looks at a photo: a choice of each library. */

/** The names stand in libraries. */
export const looks = ['plain', 'mirror', 'crops'] as const
/** `plain`: at the photo as it is; `mirror`: at its mirror image as well; `crops`: at the middle of both as well. */
export type Look = (typeof looks)[number]

/** How often the network is asked about a photo. */
export const viewCount: Readonly<Record<Look, number>> = { plain: 1, mirror: 2, crops: 4 }

/**
 * Of a hundred photos, how many are right at the first guess and among five. Measured on 650 photos of ImageNet's
 * validation set with the int8 network, see native-models/VIEWS.md; `tests/material/model/views.test.ts` measures again.
 */
export const rightOfHundred: Readonly<Record<Look, { readonly first: number; readonly amongFive: number }>> =
  {
    plain: { first: 78.5, amongFive: 95.7 },
    mirror: { first: 78.9, amongFive: 96 },
    crops: { first: 79.4, amongFive: 95.7 },
  }
