import type { GuidelineDraft } from '../../programmes/guideline.rules.js';
import { kiGuideline2012 } from './ki-guideline-2012.js';
import { kiGuideline2017, kiGuideline2018, kiGuideline2020 } from './ki-guideline-2017.js';
import { kiGuideline2021, kiGuideline2023 } from './ki-guideline-2021.js';
import { kiGuideline2025 } from './ki-guideline-2025.js';
import { kimGuidelines } from './kim-guidelines.js';
import { kommAnGuidelines } from './komm-an-guidelines.js';

/** Base funding of the centres from 2012 on, each version from the day on which it was applied. */
export const kiGuidelines: readonly GuidelineDraft[] = [
  kiGuideline2012,
  kiGuideline2017,
  kiGuideline2018,
  kiGuideline2020,
  kiGuideline2021,
  kiGuideline2023,
  kiGuideline2025,
];

/** Every version the demo knows, in the order in which they began within each programme. */
export const guidelines: readonly GuidelineDraft[] = [...kiGuidelines, ...kommAnGuidelines, ...kimGuidelines];
