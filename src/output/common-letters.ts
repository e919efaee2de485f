/**
 * The most common letters, for sets of patterns: each can be seen, and is a character whatever stands
 * next to it. What is made of them only needs no table of Unicode, which takes long to be made.
 */

/** Of Latin, and of what this program draws: one column each. */
export const NARROW = ' -~\\u00c0-\\u024f\\u2026\\u2588\\u2591';

/** Kana, kanji and hangul: two columns each. */
export const WIDE = '\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc\\u4e00-\\u9fff\\uac00-\\ud7a3';

export const ALL_COMMON = new RegExp(`^[${NARROW}${WIDE}]*$`);
