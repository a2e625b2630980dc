import { Injectable } from '@nestjs/common';
import { CalendarDate } from '../kernel/calendar-date.js';
import { newId, type CentreId, type PostId } from '../kernel/ids.js';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import type { Key } from '../platform/http/page.js';
import type { ProgrammeCode } from '../programmes/guideline.rules.js';
import type { Change } from './post.rules.js';
import type { NewPost, Phase, Post, Step } from './staffing.rules.js';

export interface PostFilter {
  readonly centreId: CentreId | null;
  readonly programme: ProgrammeCode | null;
}

interface PhaseRow {
  readonly from: string;
  readonly to: string | null;
  readonly category: Phase['category'];
  readonly fteHundredths: number;
  readonly funder: Phase['funder'];
}

interface PostRow extends Pick<Post, 'id' | 'centreId' | 'programme' | 'number' | 'version'> {
  readonly establishedOn: string;
  readonly abolishedOn: string | null;
  readonly phases: readonly PhaseRow[];
}

const POST = `
  select p.id, p.centre_id as "centreId", p.programme, p.number, p.established_on::text as "establishedOn",
         p.abolished_on::text as "abolishedOn", p.version,
         (select json_agg(json_build_object('from', f.valid_from, 'to', f.valid_to, 'category', f.category,
                                            'fteHundredths', f.fte_hundredths, 'funder', f.funder) order by f.valid_from)
            from post_phase f where f.post_id = p.id) as phases
    from post p`;

@Injectable()
export class PostRepository {
  async add(tx: Tx, id: PostId, post: NewPost): Promise<void> {
    await tx.rows(
      'insert into post (id, centre_id, programme, number, established_on) values ($1, $2, $3, $4, $5)',
      [id, post.centreId, post.programme, post.number, post.from.toString()],
    );
    await this.addPhase(tx, { id, centreId: post.centreId }, post);
  }

  /** A change on the day the latest phase began replaces it; on a later day it begins the next one. */
  async change(tx: Tx, post: Post, latest: Phase, change: Change): Promise<void> {
    if (change.from.equals(latest.from)) {
      await tx.rows(
        `update post_phase set category = $3, fte_hundredths = $4, funder = $5 where post_id = $1 and valid_from = $2`,
        [post.id, change.from.toString(), change.category, change.fteHundredths, change.funder],
      );
    } else {
      await this.endPhase(tx, post.id, change.from);
      await this.addPhase(tx, post, change);
    }
    await tx.rows('update post set version = version + 1 where id = $1', [post.id]);
  }

  async abolish(tx: Tx, id: PostId, on: CalendarDate): Promise<void> {
    await this.endPhase(tx, id, on);
    await tx.rows('update post set abolished_on = $2, version = version + 1 where id = $1', [
      id,
      on.toString(),
    ]);
  }

  /** One command at a time decides about these posts. Lock first, read then: the next statement sees what was committed before. */
  async lock(tx: Tx, ids: readonly PostId[]): Promise<void> {
    await tx.rows('select staffing.lock_posts($1)', [ids]);
  }

  async find(tx: ReadTx, id: PostId): Promise<Post | null> {
    const [row] = await tx.rows<PostRow>(`${POST} where p.id = $1`, [id]);
    return row === undefined ? null : postOf(row);
  }

  async page(
    tx: ReadTx,
    { centreId, programme }: PostFilter,
    after: Key | null,
    limit: number,
  ): Promise<Post[]> {
    const rows = await tx.rows<PostRow>(
      `${POST} where ($1::uuid is null or p.centre_id = $1) and ($2::text is null or p.programme = $2)
                 and ($3::uuid is null or p.id > $3) order by p.id limit $4`,
      [centreId, programme, after?.[0] ?? null, limit],
    );
    return rows.map(postOf);
  }

  /** Every post, abolished ones included, in the order of centre and number. */
  async all(tx: ReadTx, { centreId, programme }: PostFilter): Promise<Post[]> {
    const rows = await tx.rows<PostRow>(
      `${POST} where ($1::uuid is null or p.centre_id = $1) and ($2::text is null or p.programme = $2)
       order by p.centre_id, p.number`,
      [centreId, programme],
    );
    return rows.map(postOf);
  }

  /** How much of each post is occupied from which day on, without saying by whom. */
  async occupation(
    tx: ReadTx,
    { centreId, postId }: { centreId: CentreId | null; postId: PostId | null },
  ): Promise<Map<PostId, Step[]>> {
    const rows = await tx.rows<{ post: PostId; day: string; taken: string }>(
      'select post_id as post, from_day::text as day, fte_hundredths::text as taken from staffing.occupation($1, $2)',
      [centreId, postId],
    );
    const steps = new Map<PostId, Step[]>();
    for (const { post, day, taken } of rows) {
      const own = steps.get(post) ?? [];
      own.push({ from: CalendarDate.parse(day), fteHundredths: Number(taken) });
      steps.set(post, own);
    }
    return steps;
  }

  private async addPhase(tx: Tx, post: Pick<Post, 'id' | 'centreId'>, phase: Change): Promise<void> {
    await tx.rows(
      `insert into post_phase (id, post_id, centre_id, valid_from, category, fte_hundredths, funder)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        newId(),
        post.id,
        post.centreId,
        phase.from.toString(),
        phase.category,
        phase.fteHundredths,
        phase.funder,
      ],
    );
  }

  private async endPhase(tx: Tx, id: PostId, on: CalendarDate): Promise<void> {
    await tx.rows('update post_phase set valid_to = $2 where post_id = $1 and valid_to is null', [
      id,
      on.toString(),
    ]);
  }
}

function postOf({ establishedOn, abolishedOn, phases, ...row }: PostRow): Post {
  return {
    ...row,
    establishedOn: CalendarDate.parse(establishedOn),
    abolishedOn: abolishedOn === null ? null : CalendarDate.parse(abolishedOn),
    phases: phases.map(({ from, to, ...phase }) => ({
      ...phase,
      from: CalendarDate.parse(from),
      to: to === null ? null : CalendarDate.parse(to),
    })),
  };
}
