/** Municipality keys of five digits that belong to another court than the rest of their Regierungsbezirk. */
const OWN_COURT: Readonly<Record<string, readonly string[]>> = {
  Aachen: ['05334', '05358', '05366', '05370'],
  Gelsenkirchen: ['05113', '05512', '05513', '05562', '05911', '05913', '05916', '05978'],
};

/** The court of the rest, by Regierungsbezirk, the first three digits of the key. */
const BY_DISTRICT: Readonly<Record<string, string>> = {
  '051': 'Düsseldorf',
  '053': 'Köln',
  '055': 'Münster',
  '057': 'Minden',
  '059': 'Arnsberg',
};

/**
 * The seat of the administrative court before which a recipient brings its action: that of its own seat, since the
 * granting authority acts for the whole Land (§ 52 Nr. 3 VwGO, § 17 JustG NRW). Naming a wrong one lets a year
 * pass instead of a month (§ 58 Abs. 2 VwGO).
 *
 * @throws RangeError for a key outside North Rhine-Westphalia
 */
export function courtSeat(ags: string): string {
  const [own] = Object.entries(OWN_COURT).find(([, keys]) => keys.includes(ags.slice(0, 5))) ?? [];
  const seat = own ?? BY_DISTRICT[ags.slice(0, 3)];
  if (seat === undefined) throw new RangeError(`No administrative court for the municipality key ${ags}`);
  return seat;
}
