import { CalendarDate } from '../../kernel/calendar-date.js';
import type { Confidence } from '../../kernel/confidence.js';
import type { HostType, NewCentre, RecipientKind, Regierungsbezirk } from '../../centres/centres.rules.js';

/** AGS, name, kind of body, host type, Regierungsbezirk, inhabitants at the end of 2019 and their confidence. */
type Body = readonly [string, string, RecipientKind, HostType, Regierungsbezirk, number, Confidence];

/** What is known of the opening where it is not only that the centre was among the first 49. */
interface Known {
  readonly openedOn?: CalendarDate;
  readonly knownOpenBy?: CalendarDate;
  readonly ordinal?: number;
  readonly note?: string;
}

/** A press release of this day counts the fiftieth centre: the other 49 were open by then, since when is not known. */
const FIFTIETH = CalendarDate.of(2016, 2, 12);
/** The published sums of 2016 cover these centres as a whole, so their year is played whole; no source says so. */
const ALL_OF_2016 = {
  assumedOpenFrom: CalendarDate.of(2016, 1, 1),
  assumedOpenReason:
    'Eine Pressemitteilung vom 12.02.2016 zählt Coesfeld als fünfzigstes Zentrum; dass die 49 anderen schon am 01.01.2016 offen waren, ist angenommen.',
};
const UNASSUMED = { assumedOpenFrom: null, assumedOpenReason: null };
const END_OF_2019 = CalendarDate.of(2019, 12, 31);

// prettier-ignore
const bodies: readonly Body[] = [
  ['05111000', 'Düsseldorf', 'kreisfreie_stadt', 'stadt', 'Düsseldorf', 621_877, 'assumed'],
  ['05112000', 'Duisburg', 'kreisfreie_stadt', 'stadt', 'Düsseldorf', 498_686, 'assumed'],
  ['05113000', 'Essen', 'kreisfreie_stadt', 'stadt', 'Düsseldorf', 582_760, 'assumed'],
  ['05114000', 'Krefeld', 'kreisfreie_stadt', 'stadt', 'Düsseldorf', 227_417, 'verified'],
  ['05116000', 'Mönchengladbach', 'kreisfreie_stadt', 'stadt', 'Düsseldorf', 261_034, 'verified'],
  ['05117000', 'Mülheim an der Ruhr', 'kreisfreie_stadt', 'stadt', 'Düsseldorf', 170_632, 'verified'],
  ['05119000', 'Oberhausen', 'kreisfreie_stadt', 'stadt', 'Düsseldorf', 210_764, 'verified'],
  ['05120000', 'Remscheid', 'kreisfreie_stadt', 'stadt', 'Düsseldorf', 111_338, 'verified'],
  ['05122000', 'Solingen', 'kreisfreie_stadt', 'stadt', 'Düsseldorf', 159_245, 'verified'],
  ['05124000', 'Wuppertal', 'kreisfreie_stadt', 'stadt', 'Düsseldorf', 355_100, 'verified'],
  ['05154000', 'Kreis Kleve', 'kreis', 'kreis', 'Düsseldorf', 312_465, 'verified'],
  ['05158000', 'Kreis Mettmann', 'kreis', 'kreis', 'Düsseldorf', 485_570, 'verified'],
  ['05162000', 'Rhein-Kreis Neuss', 'kreis', 'kreis', 'Düsseldorf', 451_730, 'verified'],
  ['05166000', 'Kreis Viersen', 'kreis', 'kreis', 'Düsseldorf', 298_863, 'verified'],
  ['05170000', 'Kreis Wesel', 'kreis', 'kreis', 'Düsseldorf', 459_976, 'verified'],
  ['05314000', 'Bonn', 'kreisfreie_stadt', 'stadt', 'Köln', 329_673, 'verified'],
  ['05315000', 'Köln', 'kreisfreie_stadt', 'stadt', 'Köln', 1_087_863, 'verified'],
  ['05316000', 'Leverkusen', 'kreisfreie_stadt', 'stadt', 'Köln', 163_729, 'verified'],
  ['05334002', 'Aachen (Stadt)', 'stadt', 'stadt', 'Köln', 248_960, 'assumed'],
  ['05334000', 'Städteregion Aachen', 'staedteregion', 'kreis', 'Köln', 308_066, 'assumed'],
  ['05358000', 'Kreis Düren', 'kreis', 'kreis', 'Köln', 264_638, 'verified'],
  ['05362000', 'Rhein-Erft-Kreis', 'kreis', 'kreis', 'Köln', 470_615, 'verified'],
  ['05366000', 'Kreis Euskirchen', 'kreis', 'kreis', 'Köln', 193_656, 'verified'],
  ['05370000', 'Kreis Heinsberg', 'kreis', 'kreis', 'Köln', 255_555, 'verified'],
  ['05374000', 'Oberbergischer Kreis', 'kreis', 'kreis', 'Köln', 272_057, 'verified'],
  ['05378000', 'Rheinisch-Bergischer Kreis', 'kreis', 'kreis', 'Köln', 283_271, 'verified'],
  ['05382000', 'Rhein-Sieg-Kreis', 'kreis', 'kreis', 'Köln', 600_764, 'verified'],
  ['05512000', 'Bottrop', 'kreisfreie_stadt', 'stadt', 'Münster', 117_565, 'verified'],
  ['05513000', 'Gelsenkirchen', 'kreisfreie_stadt', 'stadt', 'Münster', 259_645, 'verified'],
  ['05515000', 'Münster', 'kreisfreie_stadt', 'stadt', 'Münster', 315_293, 'verified'],
  ['05554000', 'Kreis Borken', 'kreis', 'kreis', 'Münster', 371_339, 'verified'],
  ['05558000', 'Kreis Coesfeld', 'kreis', 'kreis', 'Münster', 220_586, 'verified'],
  ['05562000', 'Kreis Recklinghausen', 'kreis', 'kreis', 'Münster', 614_137, 'verified'],
  ['05566000', 'Kreis Steinfurt', 'kreis', 'kreis', 'Münster', 448_220, 'verified'],
  ['05570000', 'Kreis Warendorf', 'kreis', 'kreis', 'Münster', 277_840, 'verified'],
  ['05711000', 'Bielefeld', 'kreisfreie_stadt', 'stadt', 'Detmold', 334_195, 'verified'],
  ['05754000', 'Kreis Gütersloh', 'kreis', 'kreis', 'Detmold', 364_938, 'verified'],
  ['05758000', 'Kreis Herford', 'kreis', 'kreis', 'Detmold', 250_578, 'verified'],
  ['05762000', 'Kreis Höxter', 'kreis', 'kreis', 'Detmold', 140_251, 'verified'],
  ['05766000', 'Kreis Lippe', 'kreis', 'kreis', 'Detmold', 347_514, 'verified'],
  ['05770000', 'Kreis Minden-Lübbecke', 'kreis', 'kreis', 'Detmold', 310_409, 'verified'],
  ['05774000', 'Kreis Paderborn', 'kreis', 'kreis', 'Detmold', 307_839, 'verified'],
  ['05911000', 'Bochum', 'kreisfreie_stadt', 'stadt', 'Arnsberg', 365_587, 'verified'],
  ['05913000', 'Dortmund', 'kreisfreie_stadt', 'stadt', 'Arnsberg', 588_250, 'verified'],
  ['05914000', 'Hagen', 'kreisfreie_stadt', 'stadt', 'Arnsberg', 188_686, 'verified'],
  ['05915000', 'Hamm', 'kreisfreie_stadt', 'stadt', 'Arnsberg', 179_916, 'verified'],
  ['05916000', 'Herne', 'kreisfreie_stadt', 'stadt', 'Arnsberg', 156_449, 'verified'],
  ['05954000', 'Ennepe-Ruhr-Kreis', 'kreis', 'kreis', 'Arnsberg', 324_106, 'verified'],
  ['05958000', 'Hochsauerlandkreis', 'kreis', 'kreis', 'Arnsberg', 259_777, 'verified'],
  ['05962000', 'Märkischer Kreis', 'kreis', 'kreis', 'Arnsberg', 410_222, 'verified'],
  ['05966000', 'Kreis Olpe', 'kreis', 'kreis', 'Arnsberg', 133_955, 'verified'],
  ['05970000', 'Kreis Siegen-Wittgenstein', 'kreis', 'kreis', 'Arnsberg', 276_944, 'verified'],
  ['05974000', 'Kreis Soest', 'kreis', 'kreis', 'Arnsberg', 301_785, 'verified'],
  ['05978000', 'Kreis Unna', 'kreis', 'kreis', 'Arnsberg', 394_891, 'verified'],
];

const known: Readonly<Record<string, Known>> = {
  '05154000': { openedOn: CalendarDate.of(2018, 9, 6), ordinal: 54 },
  '05166000': {
    knownOpenBy: CalendarDate.of(2017, 12, 8),
    ordinal: 53,
    note: 'opened in 2017, day unknown; counted in a press release of 2017-12-08',
  },
  '05334002': { note: 'runs its own centre beside the Städteregion' },
  '05334000': { note: '557026 inhabitants including the city of Aachen, less the city' },
  '05554000': { openedOn: CalendarDate.of(2016, 6, 28), ordinal: 51 },
  '05558000': { openedOn: CalendarDate.of(2016, 2, 12), ordinal: 50 },
  '05566000': { openedOn: CalendarDate.of(2016, 6, 29), ordinal: 52 },
};

/** The 54 bodies with a centre, as typed rows for `centre.create`. */
export const centres: readonly NewCentre[] = bodies.map(
  ([ags, name, kind, hostType, regierungsbezirk, population, populationConfidence]) => {
    const { openedOn = null, ordinal = null, note = null, ...rest } = known[ags] ?? {};
    const knownOpenBy = openedOn === null ? (rest.knownOpenBy ?? FIFTIETH) : null;
    const assumption = knownOpenBy?.equals(FIFTIETH) === true ? ALL_OF_2016 : UNASSUMED;
    return {
      ...{
        ags,
        name,
        hostType,
        regierungsbezirk,
        recipient: { name, kind },
        openedOn,
        knownOpenBy,
        ...assumption,
        ordinal,
        note,
      },
      ...{ population, populationOn: END_OF_2019, populationConfidence },
    };
  },
);
