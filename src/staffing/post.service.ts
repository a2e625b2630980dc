import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import { CentreService } from '../centres/centre.service.js';
import type { Actor } from '../kernel/actor.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import { notFound, ruleViolated, stateConflict } from '../kernel/failure.js';
import { newId, type PostId } from '../kernel/ids.js';
import type { ReadTx } from '../platform/database/tx.js';
import { keyOf, pageOf, type Page, type PageQuery } from '../platform/http/page.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import { PostRepository, type PostFilter } from './post.repository.js';
import { judgeAbolition, judgeChange, judgeNewPost, type Change } from './post.rules.js';
import { latestPhase, type NewPost, type Post } from './staffing.rules.js';

/** The plan of posts: what a centre has, from when, and for whom it is funded. */
@Injectable()
export class PostService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly posts: PostRepository,
    private readonly centres: CentreService,
  ) {}

  establish(invocation: Invocation<Post>, input: NewPost): Promise<Answer> {
    return this.commands.run(invocation, 'post.establish', async (unit) => {
      const { closedOn } = await this.centres.require(unit, input.centreId);
      const objections = judgeNewPost(input, unit.actor.role, closedOn);
      if (objections.length > 0) throw ruleViolated(objections);
      const id = newId<PostId>();
      await this.posts.add(unit, id, input);
      return this.reread(unit, id);
    });
  }

  change(invocation: Invocation<Post>, id: PostId, change: Change): Promise<Answer> {
    return this.commands.run(invocation, 'post.change', async (unit) => {
      const post = await this.lockLive(unit, id);
      const occupied = (await this.posts.occupation(unit, { centreId: null, postId: id })).get(id) ?? [];
      const objections = judgeChange(post, change, occupied, unit.actor.role);
      if (objections.length > 0) throw ruleViolated(objections);
      await this.posts.change(unit, post, latestPhase(post), change);
      return this.reread(unit, id);
    });
  }

  abolish(invocation: Invocation<Post>, id: PostId, on: CalendarDate): Promise<Answer> {
    return this.commands.run(invocation, 'post.abolish', async (unit) => {
      const post = await this.lockLive(unit, id);
      const occupied = (await this.posts.occupation(unit, { centreId: null, postId: id })).get(id) ?? [];
      const objections = judgeAbolition(post, on, occupied, unit.actor.role);
      if (objections.length > 0) throw ruleViolated(objections);
      await this.posts.abolish(unit, id, on);
      return this.reread(unit, id);
    });
  }

  read(actor: Actor, id: PostId): Promise<Post> {
    return this.commands.read(actor, (tx) => this.require(tx, id));
  }

  list(actor: Actor, { limit, cursor, centreId, programme }: PostFilter & PageQuery): Promise<Page<Post>> {
    const after = keyOf(cursor, ['id']);
    return this.commands.read(actor, async (tx) =>
      pageOf(await this.posts.page(tx, { centreId, programme }, after, limit + 1), limit, ({ id }) => [id]),
    );
  }

  /** Every post, abolished ones included: the establishment as calculations and reports need it. */
  establishment(tx: ReadTx, filter: PostFilter): Promise<Post[]> {
    return this.posts.all(tx, filter);
  }

  /** @throws Failure 404 also for a post of another body. */
  async require(tx: ReadTx, id: PostId): Promise<Post> {
    const post = await this.posts.find(tx, id);
    if (post === null) throw notFound();
    return post;
  }

  private async lockLive(unit: Unit, id: PostId): Promise<Post> {
    await this.posts.lock(unit, [id]);
    const post = await this.require(unit, id);
    unit.expect(post.version);
    if (post.abolishedOn !== null) {
      throw stateConflict({ de: 'Die Stelle ist abgeschafft.', en: 'The post has been abolished.' });
    }
    return post;
  }

  /** The post as this command leaves it, which is also what its record is about. */
  private async reread(unit: Unit, id: PostId): Promise<Post> {
    const post = await this.require(unit, id);
    unit.concerns({ type: 'post', id, version: post.version, centreId: post.centreId, caseId: null });
    return post;
  }
}
