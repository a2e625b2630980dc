import { v7, validate } from 'uuid';

declare const brand: unique symbol;

/** A uuid that the compiler keeps apart from the ids of other things. */
export type Id<Thing extends string> = string & { readonly [brand]: Thing };

export type PersonId = Id<'Person'>;
export type PersonErasureId = Id<'PersonErasure'>;
export type UserId = Id<'User'>;
export type SessionId = Id<'Session'>;
export type RoleGrantId = Id<'RoleGrant'>;
export type SubstitutionId = Id<'Substitution'>;
export type RecipientId = Id<'Recipient'>;
export type CentreId = Id<'Centre'>;
export type BankAccountId = Id<'BankAccount'>;
export type ProgrammeId = Id<'Programme'>;
export type GuidelineVersionId = Id<'GuidelineVersion'>;
export type RateId = Id<'Rate'>;
export type CallId = Id<'Call'>;
export type BudgetLineId = Id<'BudgetLine'>;
export type AppropriationId = Id<'Appropriation'>;
export type CommitmentAuthorisationId = Id<'CommitmentAuthorisation'>;
export type AllocationId = Id<'Allocation'>;
export type PostId = Id<'Post'>;
export type OccupancyId = Id<'Occupancy'>;
export type CaseId = Id<'Case'>;
export type ApplicationId = Id<'Application'>;
export type FinancingPlanId = Id<'FinancingPlan'>;
export type DecisionId = Id<'Decision'>;
export type DrawdownId = Id<'Drawdown'>;
export type PaymentId = Id<'Payment'>;
export type OnwardGrantId = Id<'OnwardGrant'>;
export type SettlementId = Id<'Settlement'>;
export type SampleDrawId = Id<'SampleDraw'>;
export type RecoveryId = Id<'Recovery'>;
export type PublishedFigureId = Id<'PublishedFigure'>;
export type DeadlineId = Id<'Deadline'>;
export type FollowUpId = Id<'FollowUp'>;
export type AccountId = Id<'Account'>;
export type TransferId = Id<'Transfer'>;
export type AttachmentId = Id<'Attachment'>;

/** No uuid: the place in the one order of all audit records, a whole number in decimal digits. */
export type AuditRecordId = Id<'AuditRecord'>;

/** A uuid of version 7: ordered by time, so that new rows land at the end of their index. */
export function newId<T extends string>(): T {
  return v7() as T;
}

/** Whether the text is a uuid of any version (RFC 9562), in upper or lower case. */
export function isUuid(text: string): boolean {
  return validate(text);
}
