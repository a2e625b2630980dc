import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { newId, type PersonId } from '../../kernel/ids.js';
import { paymentHindrance } from './drawdown-step.rules.js';
import { judgeComingBack, judgeConfirmation, paymentReference } from './payment.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const [orderer, cashier] = [newId<PersonId>(), newId<PersonId>()];
const payment = { orderedBy: orderer, orderedOn: day('2016-05-02') };
const judge = (on: string, personId = cashier) =>
  judgeConfirmation(payment, { personId, onBehalfOf: null }, { on: day(on), today: day('2016-05-04') }).map(
    ({ code }) => code,
  );

describe('the confirmation of a payment', () => {
  it('names a day from the order until today', () => {
    expect(judge('2016-05-02')).toEqual([]);
    expect(judge('2016-05-04')).toEqual([]);
    expect(judge('2016-05-01')).toEqual(['paid-on-impossible']);
    expect(judge('2016-05-05')).toEqual(['paid-on-impossible']);
  });

  it('is another person than the order', () => {
    expect(judge('2016-05-03', orderer)).toEqual(['four-eyes']);
  });
});

describe('money that comes back', () => {
  const back = (on: string, changes: object = {}, personId = cashier) =>
    judgeComingBack(
      { ...payment, confirmedOn: null, yearSettledOn: null, ...changes },
      { personId, onBehalfOf: null },
      { on: day(on), today: day('2016-05-06') },
    ).map(({ code }) => code);

  it('came back between its order, or once it had left that day, and today', () => {
    expect(back('2016-05-02')).toEqual([]);
    expect(back('2016-05-06')).toEqual([]);
    expect(back('2016-05-01')).toEqual(['came-back-on-impossible']);
    expect(back('2016-05-07')).toEqual(['came-back-on-impossible']);
    expect(back('2016-05-03', { confirmedOn: day('2016-05-04') })).toEqual(['came-back-on-impossible']);
    expect(back('2016-05-04', { confirmedOn: day('2016-05-04') })).toEqual([]);
  });

  it('is not recorded by whoever ordered, nor after the year is settled', () => {
    expect(back('2016-05-04', { yearSettledOn: day('2016-05-05') }, orderer)).toEqual([
      'four-eyes',
      'year-settled',
    ]);
  });
});

describe('the reference of a payment', () => {
  it('has only characters that every bank passes on', () => {
    expect(paymentReference('36-KI/Höxter §1', 2016, day('2016-05-01'))).toBe(
      '36-KI/Hoexter  1 2016 2016-05-01',
    );
  });

  it('is at most 140 characters long and keeps its day', () => {
    const reference = paymentReference('9'.repeat(300), 2016, day('2016-05-01'));
    expect(reference).toHaveLength(140);
    expect(reference.endsWith(' 2016 2016-05-01')).toBe(true);
  });
});

describe('the life of a payment', () => {
  it('bounces before it is confirmed, and is returned afterwards', () => {
    expect(paymentHindrance('ordered', 'bounced')).toBeNull();
    expect(paymentHindrance('confirmed', 'returned')).toBeNull();
    expect(paymentHindrance('ordered', 'returned')).not.toBeNull();
    expect(paymentHindrance('confirmed', 'bounced')).not.toBeNull();
  });

  it('is confirmed once', () => {
    expect(paymentHindrance('ordered', 'confirmed')).toBeNull();
    expect(paymentHindrance('confirmed', 'confirmed')?.en).toBe(
      'The payment is confirmed and cannot be confirmed now. Where the money came back afterwards the cash office records its return (payment.return).',
    );
  });
});
