/** How carefully the network looks at a photo: a choice of each library. */

/** The names stand in libraries. */
export const looks = ['plain', 'mirror', 'crops'] as const
/** `plain`: at the photo as it is; `mirror`: at its mirror image as well; `crops`: at the middle of both as well. */
export type Look = (typeof looks)[number]

/** How often the network is asked about a photo. */
export const viewCount: Readonly<Record<Look, number>> = { plain: 1, mirror: 2, crops: 4 }

/**
 * Of a hundred photos, how many are right at the first guess and among five. Measured on 650 photos of ImageNet's
 * validation set with the int8 network, see native-models/VIEWS.md; `tests/material/model/views.test.ts` holds them to it.
 */
export const rightOfHundred: Readonly<Record<Look, { readonly first: number; readonly amongFive: number }>> =
  {
    plain: { first: 78.8, amongFive: 95.2 },
    mirror: { first: 79.5, amongFive: 95.8 },
    crops: { first: 79.8, amongFive: 95.5 },
  }
