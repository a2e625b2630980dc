import {
  atWork,
  FRESH_CHECK,
  NONE,
  OPEN_CHANGE,
  startOf,
  since,
  from,
  not,
  application,
  decision,
  drawdown,
  settlement,
  DRAWDOWN,
  SETTLEMENT,
  waits,
  type Waiting,
} from './waiting-rows.repository.js';

/** What waits in the granting authority. */
export const authorityWork = {
  // the granting authority: applications and decisions
  application_to_check: waits(
    'application.check',
    'application',
    { de: 'Antrag prüfen oder rückfragen', en: 'Check an application or ask' },
    {
      ...{ ...application, on: 's.submitted_on', at: 's.submitted_at' },
      from: `application a join application_submission s on s.application_id = a.id and s.number = a.submission
        where a.state in ('submitted', 'in_check') and not exists (
          select from application_check k where ${FRESH_CHECK})`,
    },
  ),
  application_to_recommend: waits(
    'application.recommend',
    'application',
    { de: 'Entscheidung über den Antrag vorschlagen', en: 'Recommend a decision on the application' },
    {
      ...{ ...application, on: 'k.checked_on', at: 'k.checked_at' },
      from: `application a join application_check k on ${FRESH_CHECK}
        where a.state = 'in_check'`,
    },
  ),
  decision_to_draft: waits(
    'decision.draft',
    'application',
    { de: 'Bescheid entwerfen', en: 'Draft the decision' },
    {
      ...{ ...application, ...since('a.recommended_at') },
      from: `application a where a.state = 'recommended' and not exists (
        select from decision d where d.application_id = a.id and d.state <> 'discarded' and d.basis_id is null)`,
    },
  ),
  decision_to_release: waits(
    'decision.release',
    'decision',
    { de: 'Entwurf eines Bescheids freigeben oder verwerfen', en: 'Release or discard a drafted decision' },
    {
      ...{ ...decision, ...since('d.drafted_at') },
      from: `decision d where d.state = 'drafted' and ${not('decision', 'd.drafted_by')}
        and not exists (select from decision_derivation v where v.decision_id = d.id and ${atWork('decision_derivation', 'v.drafted_by')})
        and (d.basis_id is not null or not (
          exists (select from application_check k where k.application_id = d.application_id and ${atWork('application_check', 'k.checked_by')})
          or exists (select from application a where a.id = d.application_id and ${atWork('application', 'a.recommended_by')})))`,
    },
  ),
  decision_to_notify: waits(
    'decision.notify',
    'decision',
    { de: 'Freigegebenen Bescheid bekannt geben', en: 'Notify a released decision' },
    {
      ...{ ...decision, on: 'd.released_on', at: 'd.released_at' },
      from: `decision d where d.state = 'released'`,
    },
  ),
  change_to_acknowledge: waits(
    'application.acknowledgeChange',
    'application',
    { de: 'Mitgeteilte Änderung beantworten', en: 'Acknowledge a change that was told' },
    { ...{ ...application, on: 'n.told_on', at: 'n.told_at' }, from: OPEN_CHANGE },
  ),
  hearing_to_close: waits(
    'decision.closeHearing',
    'hearing',
    {
      de: 'Anhörung abschließen: die Kommune hat sich geäußert, oder die Frist dazu ist um',
      en: 'Close a hearing: the municipality has answered, or the time to answer is over',
    },
    {
      ...{ ...decision, due: 'h.due_on' },
      on: 'coalesce(h.answered_on, h.due_on + 1)',
      at: `coalesce(h.answered_at, ${startOf('h.due_on + 1')})`,
      ...{ id: 'h.id', place: `'/decisions/' || d.id || '/course'` },
      from: `hearing h join decision d on d.id = h.decision_id
        where h.state = 'open' and (h.answered_at is not null or h.due_on <= w.over) and d.state = 'notified'`,
    },
  ),
  decision_to_close: waits(
    'decision.close',
    'decision',
    {
      de: 'Bescheid abschließen: alle Jahre sind abgerechnet',
      en: 'Close a decision: every year is settled',
    },
    {
      ...{ ...decision, ...from('g.settled_on') },
      from: `decision d join lateral (
          select max(g.settled_on) as settled_on from grant_year g where g.case_id = d.case_id
          having bool_and(g.settled_on is not null)) g on true
        where d.state = 'notified' and d.basis_id is null and d.final_on <= w.today
          and not exists (select from suit u where u.case_id = d.case_id and u.state = 'suit_recorded')
          and not exists (select from hearing h where h.case_id = d.case_id and h.state = 'open')
          and not exists (select from decision o where o.case_id = d.case_id and o.basis_id is not null
                            and o.state in ('drafted', 'released'))`,
    },
  ),

  // the granting authority: money
  drawdown_to_certify: waits(
    'drawdown.certify',
    'drawdown',
    { de: 'Mittelabruf sachlich und rechnerisch bescheinigen', en: 'Certify a drawdown' },
    {
      ...{ ...drawdown, on: 'x.requested_on', at: 'x.requested_at' },
      from: `${DRAWDOWN} where x.state = 'requested' and ${not('drawdown', 'x.requested_by')}`,
    },
  ),
  drawdown_to_order: waits(
    'drawdown.order',
    'drawdown',
    { de: 'Auszahlung anordnen', en: 'Order the payment' },
    {
      ...{
        ...drawdown,
        ...since(`greatest(x.factually_certified_at, x.arithmetically_certified_at, ${startOf('x.due_on')})`),
      },
      from: `${DRAWDOWN} where x.state = 'certified' and x.due_on <= w.today
        and ${not('drawdown', 'x.requested_by')} and ${not('drawdown', 'x.arithmetically_certified_by')}
        and exists (select from bank_account b
                     where b.centre_id = x.centre_id and b.confirmed_at is not null and b.replaced_at is null)`,
    },
  ),
  account_to_propose: waits(
    'recipient.proposeAccount',
    'centre',
    {
      de: 'Bankverbindung erfassen: ein Mittelabruf wartet auf sie',
      en: 'Enter a bank account: a drawdown waits for it',
    },
    {
      ...{
        ...NONE,
        id: 'x.centre_id',
        place: `'/centres/' || x.centre_id || '/bank-accounts'`,
        centre: 'x.centre_id',
      },
      ...{ on: 'x.requested_on', at: 'x.requested_at' },
      from: `(select m.centre_id, min(m.requested_on) as requested_on, min(m.requested_at) as requested_at
                from drawdown m where m.state in ('requested', 'certified') group by m.centre_id) x
        where not exists (select from bank_account b where b.centre_id = x.centre_id and b.replaced_at is null and b.withdrawn_at is null)`,
    },
  ),
  account_to_confirm: waits(
    'recipient.confirmAccount',
    'bank_account',
    { de: 'Bankverbindung bestätigen', en: 'Confirm a bank account' },
    {
      ...{ ...NONE, id: 'b.id', place: `'/bank-accounts/' || b.id`, centre: 'b.centre_id' },
      ...since('b.proposed_at'),
      from: `bank_account b where b.confirmed_at is null and b.withdrawn_at is null and ${not('bank_account', 'b.proposed_by')}`,
    },
  ),
  settlement_to_check: waits(
    'settlement.check',
    'settlement',
    {
      de: 'Verwendungsnachweis auf Vollständigkeit prüfen',
      en: 'Check a settlement report for completeness',
    },
    {
      ...{ ...settlement, on: 's.submitted_on', at: 's.submitted_at' },
      from: `${SETTLEMENT} where s.state = 'submitted' and ${not('settlement', 's.submitted_by')}`,
    },
  ),
  settlement_to_examine: waits(
    'settlement.examine',
    'settlement',
    { de: 'Verwendungsnachweis prüfen, Prüfungsvermerk fertigen', en: 'Examine a settlement report' },
    {
      ...{ ...settlement, ...since('s.checked_at') },
      from: `${SETTLEMENT} where s.state = 'in_check' and ${not('settlement', 's.submitted_by')}`,
    },
  ),
  settlement_to_accept: waits(
    'settlement.accept',
    'settlement',
    { de: 'Geprüften Verwendungsnachweis abnehmen', en: 'Accept an examined settlement report' },
    {
      ...{ ...settlement, on: 's.examined_on', at: 's.examined_at' },
      from: `${SETTLEMENT} where s.state = 'examined' and ${not('settlement', 's.examined_by')} and ${not('settlement', 's.submitted_by')}`,
    },
  ),
} satisfies Readonly<Record<string, Waiting>>;
