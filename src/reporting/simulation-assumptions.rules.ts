import type { Text } from '../kernel/violation.js';
import type { PostBasis } from './simulation.rules.js';

/** What a simulation takes for granted, said with its result. */
export function assumptionsOf({ basis, costsGiven }: { basis: PostBasis; costsGiven: boolean }): Text[] {
  return [basis === 'recorded' ? RECORDED : FUNDED, FILLED, costsGiven ? COSTS : MOST, GOVERNS, OPEN];
}

const RECORDED: Text = {
  de: 'Stellen wie erfasst: nach dem Stellenplan, sonst wie für das Jahr bewilligt, sonst wie zuletzt bewilligt, sonst alle der Richtlinie; mehr, als eine Fassung fördert, zählt nicht.',
  en: 'Posts as recorded: by the establishment, else as granted for the year, else as last granted, else all of the guideline; more than a version funds does not count.',
};
const FUNDED: Text = {
  de: 'Jedes Zentrum besetzt alle Stellen, die die jeweilige Fassung fördert.',
  en: 'Each centre fills all posts that each version funds.',
};
const FILLED: Text = {
  de: 'Für Jahre ohne Bewilligung gelten die Stellen als durchgehend besetzt, solange das Zentrum geöffnet ist.',
  en: 'For years without a grant posts count as filled throughout, as long as the centre is open.',
};
const MOST: Text = {
  de: 'Ohne Angabe von Ausgaben zählt, was die Sätze höchstens geben, bei jeder Finanzierungsart.',
  en: 'Without expenditure the most that the rates give counts, under every financing type.',
};
const COSTS: Text = {
  de: 'Ausgaben je Stellenart wie angegeben, tagesgenau, mit der angegebenen Steigerung; Einnahmen Dritter sind nicht abgezogen.',
  en: 'Expenditure by category as given, by days, with the rise given; income from third parties is not deducted.',
};
const GOVERNS: Text = {
  de: 'Die Fassung, die am ersten geförderten Tag eines Jahres gilt, gilt für das ganze Jahr.',
  en: 'The version in force on the first funded day of a year governs the whole year.',
};
const OPEN: Text = {
  de: 'Ein Zentrum, dessen Eröffnung nicht bekannt ist, zählt ab dem Tag, an dem es spätestens geöffnet war. Sachausgaben sind nicht enthalten.',
  en: 'A centre whose opening is not known counts from the day by which it was open. Material expenditure is not included.',
};
