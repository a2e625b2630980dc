import { Injectable } from '@nestjs/common';
import { CalendarDate } from '../kernel/calendar-date.js';
import type { CaseId, CentreId } from '../kernel/ids.js';
import type { Ground } from '../grants/decision/act.rules.js';
import type { NotificationMode } from '../grants/decision/finality.rules.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { DeadlineFacts, DeadlineKind } from './deadline.rules.js';

/** A thing a period runs for. */
export interface RunningPeriod {
  readonly kind: DeadlineKind;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly centreId: CentreId | null;
  readonly centreName: string | null;
  readonly caseId: CaseId | null;
  readonly programme: string | null;
  readonly fileNumber: string | null;
  readonly facts: DeadlineFacts;
}

type Row = Omit<RunningPeriod, 'facts'> & {
  readonly eventOn: string;
  readonly namedOn: string | null;
  readonly mode: NotificationMode | null;
  readonly remedyInformation: boolean | null;
  readonly ground: Ground | null;
};

const CASE = 'd.centre_id, d.case_id, d.programme, d.file_number';

/**
 * What each kind is reckoned from: type and id of the thing, whose it is, the day of the event, a day the thing names,
 * and how a decision was notified or why it is taken back. Only what still runs, or was missed and still matters.
 */
const running: Readonly<Record<DeadlineKind, string>> = {
  remedy_period: `'decision', d.id, ${CASE}, d.notified_on, null, d.notified_mode, d.remedy_information, null
    from w, decision d where d.state = 'notified' and d.remedy_ends_on >= w.today and d.waived_on is null
     and not exists (select from suit u where u.decision_id = d.id)`,
  taking_back: `'decision', d.id, ${CASE}, d.known_on, null, null, null, d.ground
    from w, decision d where d.state in ('drafted', 'released') and d.ground is not null`,
  hearing: `'hearing', h.id, ${CASE}, h.opened_on, h.due_on, null, null, null
    from w, hearing h join decision d on d.id = h.decision_id where h.state = 'open' and h.answered_at is null`,
  query: `'application', a.id, a.centre_id, a.case_id, a.programme, null, q.asked_on, q.due_on, null, null, null
    from w, application a join lateral (
      select q.asked_on, q.due_on from application_query q
       where q.application_id = a.id order by q.number desc limit 1) q on true where a.state = 'queried'`,
  call_window: `'call', c.id, null, null, c.programme, null, c.opens_on, c.closes_on, null, null, null
    from w, call c where c.closed_on is null and w.today between c.opens_on and c.closes_on`,
  drawdown_due: `'drawdown', x.id, ${CASE}, x.requested_on, x.due_on, null, null, null
    from w, drawdown x join decision d on d.id = x.decision_id where x.state in ('requested', 'certified')`,
  use_of_money: `'payment', p.id, ${CASE}, p.confirmed_on, null, null, null, null
    from w, grant_year g join payment p
      on p.decision_id = g.decision_id and p.funding_year = g.funding_year and p.state = 'confirmed'
    join decision d on d.id = p.decision_id where g.received_on is null`,
  proof_of_use: `'grant_year', g.id, ${CASE}, make_date(g.funding_year, 12, 31), g.proof_due_on, null, null, null
    from w, grant_year g join decision d on d.id = g.decision_id where g.received_on is null and d.state = 'notified'`,
  authorisation_lapse: `'commitment_authorisation', a.id, null, null, a.programme, null,
           (a.released_at at time zone 'Europe/Berlin')::date, make_date(a.issue_year, 12, 31), null, null, null
    from w, commitment_authorisation a
   where a.state = 'released' and a.issue_year >= extract(year from w.today)::integer`,
  year_close: `'budget_year', y.id, null, null, null, null, make_date(y.funding_year, 1, 1), null, null, null, null
    from w, budget_year y where y.state = 'open'`,
};

@Injectable()
export class DeadlineRepository {
  /** In ONE statement; row-level security leaves out what is not the caller's. */
  async running(
    tx: ReadTx,
    kinds: readonly DeadlineKind[],
    today: CalendarDate,
    centreId: CentreId | null,
  ): Promise<RunningPeriod[]> {
    const all = kinds.map((kind) => `select '${kind}', ${running[kind]}`).join('\n    union all ');
    const rows = await tx.rows<Row>(
      `with w(today) as (select $1::date),
            nothing as (select null::text, null::text, null::uuid, null::uuid, null::uuid, null::text, null::text,
                               null::date, null::date, null::text, null::boolean, null::text where false)
       select t.kind, t.type as "subjectType", t.id as "subjectId", t.centre_id as "centreId", c.name as "centreName",
              t.case_id as "caseId", t.programme, t.file_number as "fileNumber", t.event_on::text as "eventOn",
              t.named_on::text as "namedOn", t.mode, t.information as "remedyInformation", t.ground
         from (select * from nothing union all ${all})
           as t(kind, type, id, centre_id, case_id, programme, file_number, event_on, named_on, mode, information, ground)
         left join centre c on c.id = t.centre_id
        where ($2::uuid is null or t.centre_id = $2)`,
      [today.toString(), centreId],
    );
    return rows.map(({ eventOn, namedOn, mode, remedyInformation, ground, ...period }) => ({
      ...period,
      facts: {
        ...{ eventOn: CalendarDate.parse(eventOn), mode, remedyInformation, ground },
        namedOn: namedOn === null ? null : CalendarDate.parse(namedOn),
      },
    }));
  }
}
