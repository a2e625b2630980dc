import {
  NONE,
  since,
  from,
  not,
  notAbout,
  YEAR,
  decision,
  openYear,
  waits,
  type Waiting,
} from './waiting-rows.repository.js';

/** What waits in the cash office, the ministries and with the operator; and in every office, what it noted itself. */
export const officeWork = {
  // the cash office
  payment_to_confirm: waits(
    'payment.confirm',
    'payment',
    { de: 'Zahlung ausführen und bestätigen', en: 'Make the payment and confirm it' },
    {
      ...{ ...decision, id: 'p.id', place: `'/payments/' || p.id`, on: 'p.ordered_on', at: 'p.ordered_at' },
      from: `payment p join decision d on d.id = p.decision_id where p.state = 'ordered' and ${not('payment', 'p.ordered_by')}`,
    },
  ),

  // the ministries
  appropriation_to_release: waits(
    'appropriation.release',
    'appropriation',
    {
      de: 'Haushaltsansatz oder seine Änderung freigeben',
      en: 'Release an appropriation or a change of one',
    },
    {
      ...{ ...NONE, id: 'a.id', place: `'/budget/appropriations'`, ...since('a.proposed_at') },
      from: `appropriation a where a.state = 'proposed' and ${not('appropriation', 'a.proposed_by')} and ${openYear('a.funding_year')}`,
    },
  ),
  allocation_to_release: waits(
    'allocation.release',
    'allocation',
    { de: 'Mittelzuweisung oder Kontingent freigeben', en: 'Release an allotment or a quota' },
    {
      ...{ ...NONE, id: 'a.id', place: `'/budget/allocations'`, ...since('a.proposed_at') },
      ...{ centre: 'a.centre_id', programme: 'a.programme' },
      from: `allocation a where a.state = 'proposed' and ${not('allocation', 'a.proposed_by')} and ${openYear('a.funding_year')}`,
    },
  ),
  authorisation_to_release: waits(
    'commitmentAuthorisation.release',
    'commitment_authorisation',
    { de: 'Verpflichtungsermächtigung freigeben', en: 'Release a commitment authorisation' },
    {
      ...{ ...NONE, id: 'a.id', place: `'/budget/commitment-authorisations'`, ...since('a.proposed_at') },
      programme: 'a.programme',
      from: `commitment_authorisation a
        where a.state = 'proposed' and ${not('commitment_authorisation', 'a.proposed_by')} and ${openYear('a.issue_year')}`,
    },
  ),
  guideline_to_release: waits(
    'guideline.release',
    'guideline',
    { de: 'Fassung einer Richtlinie freigeben', en: 'Release a guideline version' },
    {
      ...{
        ...NONE,
        id: 'g.id',
        place: `'/guidelines/' || g.id`,
        programme: 'g.programme',
        ...since('g.drafted_at'),
      },
      from: `guideline_version g where g.state = 'drafted' and ${not('guideline_version', 'g.drafted_by')}`,
    },
  ),
  guideline_to_co_release: waits(
    'guideline.coRelease',
    'guideline',
    {
      de: 'Fassung der KI-Richtlinie mitzeichnen und freigeben',
      en: 'Co-release a version of the KI guideline',
    },
    {
      ...{
        ...NONE,
        id: 'g.id',
        place: `'/guidelines/' || g.id`,
        programme: 'g.programme',
        ...since('g.released_at'),
      },
      from: `guideline_version g where g.state = 'released' and g.programme = 'KI'
        and ${not('guideline_version', 'g.drafted_by')} and ${not('guideline_version', 'g.released_by')}`,
    },
  ),
  year_to_close: waits(
    'budget.closeYear',
    'budget_year',
    { de: 'Haushaltsjahr abschließen', en: 'Close the budget year' },
    {
      ...{ ...NONE, id: 'y.id', place: `'/budget/years'`, ...from('make_date(y.funding_year + 1, 1, 1)') },
      from: `budget_year y where y.state = 'open' and y.funding_year < ${YEAR}`,
    },
  ),

  // the operator
  role_to_confirm: waits(
    'user.confirmRole',
    'role_grant',
    { de: 'Rolle eines Kontos bestätigen', en: 'Confirm a role of an account' },
    {
      ...{
        ...NONE,
        id: 'g.id',
        place: `'/users/' || g.user_id`,
        centre: 'g.centre_id',
        ...since('g.granted_at'),
      },
      from: `role_grant g join user_account u on u.id = g.user_id
        where g.confirmed_at is null and g.revoked_at is null and u.disabled_at is null
          and ${not('role_grant', 'g.granted_by')} and ${notAbout('g.person_id')}`,
    },
  ),
  substitute_to_confirm: waits(
    'user.confirmSubstitute',
    'substitution',
    { de: 'Vertretung für eine Abwesenheit bestätigen', en: 'Confirm a substitute for a leave' },
    {
      ...{
        ...NONE,
        id: 's.id',
        place: `'/users/' || g.user_id || '/substitutes'`,
        centre: 'g.centre_id',
        due: 's.valid_from',
        ...since('s.proposed_at'),
      },
      from: `substitution s join role_grant g on g.id = s.role_grant_id
        where s.confirmed_at is null and s.ended_at is null and s.valid_to > w.today
          and ${not('substitution', 's.proposed_by')} and ${notAbout('s.person_id')} and ${notAbout('s.substitute_id')}`,
    },
  ),
  erasure_to_confirm: waits(
    'person.confirmErasure',
    'person_erasure',
    { de: 'Löschung einer Person ausführen', en: 'Carry out the erasure of a person' },
    {
      ...{
        ...NONE,
        id: 'e.id',
        place: `'/persons/' || e.person_id || '/erasures'`,
        ...since('e.requested_at'),
      },
      from: `person_erasure e where e.confirmed_at is null and ${not('person_erasure', 'e.requested_by')} and ${notAbout('e.person_id')}`,
    },
  ),

  // every office
  follow_up: waits(
    'followUp.complete',
    'follow_up',
    { de: 'Wiedervorlage', en: 'Follow-up' },
    {
      ...{
        ...NONE,
        id: 'f.id',
        place: `'/follow-ups/' || f.id`,
        centre: 'f.centre_id',
        case: 'f.about_case_id',
      },
      ...{ due: 'f.due_on', note: 'f.note', ...from('f.due_on') },
      from: `follow_up f where f.done_at is null and f.due_on <= w.today
        and (f.for_person_id is null or f.for_person_id = any (w.persons) or not access.is_colleague(f.for_person_id))`,
    },
  ),
} satisfies Readonly<Record<string, Waiting>>;
