import {
  NONE,
  dayOf,
  since,
  from,
  YEAR,
  application,
  decision,
  settlement,
  QUERIED_SETTLEMENT,
  QUERY,
  OPEN_CALL,
  CALL_WITHOUT_APPLICATION,
  waits,
  type Waiting,
} from './waiting-rows.repository.js';

/** What waits in a municipality, by the powers of its people. */
export const municipalWork = {
  // a municipality
  call_to_answer: waits(
    'application.draft',
    'call',
    { de: 'Aufruf ist offen: Antrag anlegen', en: 'A call is open: draft an application' },
    {
      ...{ ...NONE, id: 'c.id', place: `'/calls/' || c.id`, centre: '(select access.centre())' },
      ...{ programme: 'c.programme', due: 'c.closes_on', ...from('c.opens_on') },
      from: `call c where ${OPEN_CALL}
        and not exists (select from application a where a.call_id = c.id and a.state <> 'retracted')
        and ${CALL_WITHOUT_APPLICATION}`,
    },
  ),
  application_to_submit: waits(
    'application.submit',
    'application',
    { de: 'Antrag einreichen', en: 'Submit the application' },
    {
      ...{ ...application, ...since('a.drafted_at'), due: 'c.closes_on' },
      from: `application a join call c on c.id = a.call_id where a.state = 'draft' and ${OPEN_CALL}`,
    },
  ),
  application_with_query: waits(
    'application.answer',
    'application',
    {
      de: 'Rückfrage beantworten, in Worten oder mit geändertem Antrag',
      en: 'Answer a query, in words or with a changed application',
    },
    {
      ...{ ...application, on: 'q.asked_on', at: 'q.asked_at', due: 'q.due_on' },
      from: `application a ${QUERY} where a.state = 'queried'`,
    },
  ),
  application_to_submit_again: {
    ...waits(
      'application.submit',
      'application',
      {
        de: 'Zur Rückfrage geänderten Antrag erneut einreichen',
        en: 'Submit again what was changed after a query',
      },
      {
        ...{ ...application, on: 'q.asked_on', at: 'q.asked_at', due: 'q.due_on' },
        from: `application a ${QUERY} where a.state = 'queried'`,
      },
    ),
    unless: 'application.answer',
  },
  application_to_complete: {
    ...waits(
      'application.edit',
      'application',
      { de: 'Antrag fertig ausfüllen, zur Zeichnung', en: 'Complete the application, for signature' },
      {
        ...{ ...application, ...since('a.drafted_at') },
        from: `application a where a.state = 'draft'`,
      },
    ),
    unless: 'application.submit',
  },
  hearing_to_answer: waits(
    'decision.answerHearing',
    'hearing',
    {
      de: 'Sich in der Anhörung äußern, bevor Mittel zurückgenommen werden',
      en: 'Answer a hearing before money is taken back',
    },
    {
      ...{ ...decision, on: 'h.opened_on', at: 'h.opened_at', due: 'h.due_on' },
      ...{ id: 'h.id', place: `'/decisions/' || d.id || '/course'` },
      from: `hearing h join decision d on d.id = h.decision_id
        where h.state = 'open' and h.answered_at is null and d.state = 'notified'`,
    },
  ),
  settlement_to_open: waits(
    'settlement.open',
    'grant_year',
    { de: 'Verwendungsnachweis anlegen', en: 'Open the settlement report' },
    {
      ...{ ...decision, id: 'g.id', due: 'g.proof_due_on' },
      // A year can be over when it is granted.
      ...from('greatest(make_date(g.funding_year + 1, 1, 1), d.notified_on)'),
      from: `grant_year g join decision d on d.id = g.decision_id
        where g.received_on is null and g.funding_year < ${YEAR} and d.state = 'notified'
          and not exists (select from settlement s where s.decision_id = g.decision_id and s.funding_year = g.funding_year)`,
    },
  ),
  settlement_to_submit: waits(
    'settlement.submit',
    'settlement',
    {
      de: 'Verwendungsnachweis einreichen, nach einer Rückfrage erneut',
      en: 'Submit the settlement report, after a query again',
    },
    {
      ...{
        ...settlement,
        on: `coalesce(q.noted_on, ${dayOf('s.opened_at')})`,
        at: 'coalesce(q.noted_at, s.opened_at)',
      },
      from: `${QUERIED_SETTLEMENT} where s.state in ('due', 'queried')`,
    },
  ),
  settlement_to_complete: {
    ...waits(
      'settlement.edit',
      'settlement',
      {
        de: 'Verwendungsnachweis ausfüllen, zur Zeichnung',
        en: 'Fill in the settlement report, for signature',
      },
      {
        ...{
          ...settlement,
          on: `coalesce(q.noted_on, ${dayOf('s.opened_at')})`,
          at: 'coalesce(q.noted_at, s.opened_at)',
        },
        from: `${QUERIED_SETTLEMENT} where s.state in ('due', 'queried')`,
      },
    ),
    unless: 'settlement.submit',
  },
} satisfies Readonly<Record<string, Waiting>>;
