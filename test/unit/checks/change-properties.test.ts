import { describe, expect, test } from "vitest";
import { correctedMessage, messageFindings } from "../../../src/checks/properties/message.ts";
import { migrationsResult } from "../../../src/checks/properties/migrations.ts";
import type { OtherCheck } from "../../../src/checks/commit-state.ts";
import { testsFindings, testsPassed } from "../../../src/checks/properties/tests.ts";
import { defaultConfig } from "../../../src/config/schema.ts";
import { openingMessage } from "../../../src/incident/opening-commit.ts";
import { changed, commit, FULL_TREE, removed, treeOf } from "./change-builder.ts";

describe("tests with the change", () => {
  test.each([
    ["src/pay.js", "test/pay.js", []],
    ["src/pay.ts", "src/pay.test.ts", []],
    ["src/pay.ts", "src/__tests__/pay.ts", []],
    ["pay.go", "pay_test.go", []],
    ["app/pay.py", "app/test_pay.py", []],
    ["src/main/Pay.java", "src/main/PayTest.java", []],
    ["app/pay.rb", "spec/pay_spec.rb", []],
    ["src/pay.ts", "cypress/pay.ts", []],
    ["src/pay.ts", "src/pay.cy.ts", []],
    ["src/pay.ts", "src/pay.e2e-spec.ts", []],
    ["shop/pay.py", "shop/tests.py", []],
    ["pay.cpp", "test_pay.cpp", []],
    ["src/main/Pay.java", "src/main/TestPay.java", []],
    ["src/main/Pay.java", "src/main/PayTestCase.java", []],
    ["app/src/main/Pay.kt", "app/src/androidTest/Pay.kt", []],
    ["src/main/Pay.java", "src/main/Testimonial.java", ["no-test"]],
    ["src/pay.py", "src/contests.py", ["no-test"]],
    ["src/pay.js", "src/other.js", ["no-test"]],
    ["src/pay.js", "src/latest.js", ["no-test"]],
    ["src/pay.js", "src/contest/x.css", ["no-test"]],
    ["README.md", "config.yml", []],
  ])("%s with %s: %j", (path, other, expected) => {
    expect(codes([changed(path), changed(other)])).toEqual(expected);
  });

  test("says of a change without code that no test is asked for, and not that there is one", () => {
    const { tests } = defaultConfig.checks;
    expect(testsPassed([changed("config.yml")], tests)).toBe("No code is changed, so no test is asked for.");
    expect(testsPassed([changed("src/a.js"), changed("test/a.js")], tests)).toBe(
      "The change comes with a test.",
    );
    expect(testsPassed([changed("config.yml"), removed("test/a.js")], tests)).toContain("No code is changed");
  });

  test("a test that is only removed is no test, and is mentioned", () => {
    expect(codes([changed("src/a.js"), removed("test/a.js")])).toEqual(["no-test", "test-removed"]);
  });

  test("a test file without a written line is no test", () => {
    expect(codes([changed("src/a.js"), changed("test/a.js", "", { additions: 0, deletions: 3 })])).toEqual([
      "no-test",
    ]);
  });

  test("sums up the required checks of others", () => {
    const check = (
      name: string,
      status: OtherCheck["status"],
      conclusion: string | null,
      isRequired = true,
    ) => ({
      name,
      status,
      conclusion,
      isRequired,
      url: null,
    });
    const findings = testsFindings(
      [changed("test/a.js")],
      [
        check("build", "completed", "success"),
        check("lint", "completed", "failure"),
        check("e2e", "in_progress", null),
        check("optional", "completed", "failure", false),
      ],
      defaultConfig.checks.tests,
    );
    expect(findings.map(({ code, sentence }) => [code, sentence])).toEqual([
      ["check-failed", "The required check `lint` says failure."],
      ["check-running", "The required check `e2e` has not ended."],
    ]);
  });

  function codes(changes: Parameters<typeof testsFindings>[0]): readonly string[] {
    return testsFindings(changes, [], defaultConfig.checks.tests).map(({ code }) => code);
  }
});

describe("migrations with a way back", () => {
  const knex = (down: string) => `exports.up = (knex) => knex.schema.createTable("a", () => {});\n${down}\n`;
  const rails = (body: string) => `class A < ActiveRecord::Migration[8.0]\n${body}\nend\n`;
  const alembic = (down: string) =>
    `revision = "a"\ndown_revision = None\n\ndef upgrade():\n    op.add_column("a")\n\n\ndef downgrade():\n${down}\n`;

  test.each([
    ["no migration", "src/a.js", "export const up = () => 1;", [], "none"],
    ["SQL without", "migrations/001_a.sql", "create table a();", [], "not-free"],
    [
      "SQL with down file",
      "migrations/001_a.up.sql",
      "create table a();",
      ["migrations/001_a.down.sql"],
      "free",
    ],
    [
      "SQL with up and down in folders",
      "migrations/001/up.sql",
      "create table a();",
      ["migrations/001/down.sql"],
      "free",
    ],
    [
      "dbmate",
      "db/migrations/1_a.sql",
      "-- migrate:up\ncreate table a();\n-- migrate:down\ndrop table a;\n",
      [],
      "free",
    ],
    [
      "dbmate, empty way back",
      "db/migrations/1_a.sql",
      "-- migrate:up\ncreate table a();\n-- migrate:down\n-- nothing\n",
      [],
      "not-free",
    ],
    [
      "goose",
      "migrations/1_a.sql",
      "-- +goose Up\ncreate table a();\n-- +goose Down\ndrop table a;\n",
      [],
      "free",
    ],
    ["Flyway without", "sql/V2__a.sql", "create table a();", [], "not-free"],
    ["Flyway with undo", "sql/V2__a.sql", "create table a();", ["sql/U2__a.sql"], "free"],
    ["Prisma without", "prisma/migrations/20260101_a/migration.sql", "create table a();", [], "not-free"],
    [
      "Prisma with",
      "prisma/migrations/20260101_a/migration.sql",
      "create table a();",
      ["prisma/migrations/20260101_a/down.sql"],
      "free",
    ],
    ["knex", "migrations/1_a.js", knex('exports.down = (knex) => knex.schema.dropTable("a");'), [], "free"],
    ["knex without", "migrations/1_a.js", knex(""), [], "not-free"],
    ["knex, empty", "migrations/1_a.js", knex("exports.down = async () => {};"), [], "not-free"],
    [
      "knex, only throws",
      "migrations/1_a.ts",
      knex('exports.down = () => { throw new Error("no"); };'),
      [],
      "not-free",
    ],
    [
      "knex as module",
      "migrations/1_a.mjs",
      "export async function up(k) { await k.a(); }\nexport async function down(k) { await k.b(); }",
      [],
      "free",
    ],
    [
      "TypeORM",
      "src/a.ts",
      "export class A implements MigrationInterface {\n  async up(q) { await q.query('x'); }\n  async down(q) { await q.query('y'); }\n}",
      [],
      "free",
    ],
    [
      "TypeORM, empty",
      "src/a.ts",
      "export class A implements MigrationInterface {\n  async up(q) { await q.query('x'); }\n  async down(q) { /* no */ }\n}",
      [],
      "not-free",
    ],
    [
      "Sequelize",
      "migrations/a.js",
      "module.exports = { up: async (q) => { await q.addColumn('a'); }, down: async (q) => { await q.sum('a'); } };",
      [],
      "free",
    ],
    [
      "Rails, change",
      "db/migrate/2026_a.rb",
      rails("  def change\n    add_column :a, :b, :string\n  end"),
      [],
      "free",
    ],
    [
      "Rails, SQL in change",
      "db/migrate/2026_a.rb",
      rails('  def change\n    execute "x"\n  end'),
      [],
      "not-free",
    ],
    ["Rails, up only", "db/migrate/2026_a.rb", rails("  def up\n    add_column :a\n  end"), [], "not-free"],
    [
      "Rails, irreversible",
      "db/migrate/2026_a.rb",
      rails("  def down\n    raise ActiveRecord::IrreversibleMigration\n  end"),
      [],
      "not-free",
    ],
    ["Alembic", "alembic/versions/a.py", alembic('    op.add_column("b")'), [], "free"],
    ["Alembic, pass", "alembic/versions/a.py", alembic("    pass"), [], "not-free"],
    [
      "Alembic, says that it cannot",
      "alembic/versions/a.py",
      alembic('    raise NotImplementedError("no")'),
      [],
      "not-free",
    ],
    [
      "Alembic, only documented",
      "alembic/versions/a.py",
      alembic('    """\n    Nothing.\n    """\n    pass'),
      [],
      "not-free",
    ],
    [
      "Alembic, documented",
      "alembic/versions/a.py",
      alembic('    """\n    Back.\n    """\n    op.x()'),
      [],
      "free",
    ],
    [
      "Alembic, typed and on one line",
      "db/alembic/versions/2026/a.py",
      'revision = "a"\ndef upgrade() -> None: op.a()\ndef downgrade() -> None: op.b()\n',
      [],
      "free",
    ],
    [
      "Flyway, undo elsewhere and in other words",
      "db/up/V2.1__a.sql",
      "create table a();",
      ["db/undo/U2.1__b.sql"],
      "free",
    ],
    [
      "Flyway, undo of another version",
      "db/V2__a.sql",
      "create table a();",
      ["db/U2.1__a.sql", "db/U12__a.sql"],
      "not-free",
    ],
    ["Flyway in Java", "src/main/java/db/migration/V3__A.java", "class V3__A {}", [], "not-free"],
    [
      "SQL, ways in folders",
      "db/migrations/up/1_a.sql",
      "create table a();",
      ["db/migrations/down/1_a.sql"],
      "free",
    ],
    ["SQL, the way down in its folder", "db/migrations/down/1_a.sql", "drop table a;", [], "none"],
    [
      "SQL, rollback beside it",
      "migrations/1_a.sql",
      "create table a();",
      ["migrations/1_a.rollback.sql"],
      "free",
    ],
    [
      "SQL, undo below it",
      "migrations/2026/1_a.sql",
      "create table a();",
      ["migrations/2026/undo/1_a.sql"],
      "free",
    ],
    [
      "node-pg-migrate",
      "migrations/1_a.sql",
      "-- Up Migration\ncreate table a();\n-- Down Migration\ndrop table a;\n",
      [],
      "free",
    ],
    [
      "sql-migrate",
      "migrations/1_a.sql",
      "-- +migrate Up\ncreate table a();\n-- +migrate Down\ndrop table a;\n",
      [],
      "free",
    ],
    ["MyBatis", "migrations/1_a.sql", "create table a();\n-- //@UNDO\ndrop table a;\n", [], "free"],
    [
      "Liquibase",
      "migrations/1_a.sql",
      "--liquibase formatted sql\ncreate table a();\n--rollback drop table a;\n",
      [],
      "free",
    ],
    [
      "Rails, second database",
      "db/animals_migrate/2026_a.rb",
      rails("  def up\n    add_column :a\n  end"),
      [],
      "not-free",
    ],
    [
      "Rails, type changed in change",
      "db/migrate/2026_a.rb",
      rails("  def change\n    change_column :a, :b, :text\n  end"),
      [],
      "not-free",
    ],
    [
      "Rails, default changed in change",
      "db/migrate/2026_a.rb",
      rails("  def change\n    change_column_default :a, :b, from: 1, to: 2\n  end"),
      [],
      "free",
    ],
    [
      "Django",
      "app/migrations/0002_a.py",
      "class Migration(m.Migration):\n    operations = [m.AddField(x)]\n",
      [],
      "free",
    ],
    [
      "Django, code without its reverse",
      "app/migrations/0002_a.py",
      "class Migration(m.Migration):\n    operations = [m.RunPython(forward)]\n",
      [],
      "not-free",
    ],
    [
      "Django, code with its reverse",
      "app/migrations/0002_a.py",
      "class Migration(m.Migration):\n    operations = [m.RunPython(forward, m.RunPython.noop), m.RunSQL('a', reverse_sql='b')]\n",
      [],
      "free",
    ],
    ["another tool", "database/migrations/2026_01_01_000000_a.php", "<?php", [], "not-free"],
    ["no migration among migrations", "app/migrations/__init__.py", "", [], "none"],
    ["a test beside migrations", "migrations/a.test.js", "export function up() { a(); }", [], "none"],
  ])("%s", (_, path, text, existing, rollback) => {
    expect(migrationsResult([changed(path, text)], treeOf(...existing)).rollback).toBe(rollback);
  });

  test.each([
    ["alter table a drop column b;", "drops a column"],
    ["DROP TABLE a;", "drops a table"],
    ["truncate a;", "empties a table"],
    ["delete from a;", "deletes rows without a condition"],
    ["alter table a rename column b to c;", "renames what running code uses"],
    ["alter table a alter column b type text;", "changes the type of a column"],
    ["ALTER TABLE a DROP b;", "drops a column"],
    ['alter table "a" drop "b", drop c;', "drops a column"],
    ["truncate table a;", "empties a table"],
    ["alter table a modify b bigint;", "changes the type of a column"],
    ["create table b(); drop table a; -- gone", "drops a table"],
  ])("flags %j", (sql, what) => {
    const { findings, rollback } = migrationsResult(
      [changed("migrations/1.up.sql", `create table z();\n${sql}\n`)],
      FULL_TREE,
    );
    expect(findings).toMatchObject([{ code: "destructive", line: 2, level: "warning" }]);
    expect(findings[0]!.sentence).toContain(what);
    expect(rollback).toBe("not-free");
  });

  test.each([
    "delete from a where id = 1;",
    "-- drop table a;",
    "insert into a values ('x');",
    "create index dropped on a(b);",
    "delete from a\n  where id = 1;",
    "alter table a drop constraint b;",
    "alter table a alter column b drop not null;",
    "update a set b = truncate(c, 2);",
    "create table b(); -- later: drop table a",
  ])("does not flag %j", (sql) => {
    expect(migrationsResult([changed("migrations/1.up.sql", `${sql}\n`)], FULL_TREE).findings).toEqual([]);
  });

  test.each([
    ["migrations/1.js", "  await k.schema.dropTableIfExists('a');", "drops a table"],
    ["migrations/1.js", "  await k('a').truncate();", "empties a table"],
    ["migrations/1.js", "  await q.changeColumn('a', 'b', x);", "changes the type of a column"],
    ["migrations/1.js", "  await q.query('DELETE FROM a');", "deletes rows"],
    ["migrations/1.ts", "  t.string('a').alter();", "changes the type of a column"],
    ["migrations/1.ts", "  await q.clearTable('a');", "empties a table"],
  ])("flags in %s %j", (path, line, what) => {
    const text = `export async function up(k) {\n${line}\n}\nexport async function down(k) {\n  await k.b();\n}\n`;
    const { findings } = migrationsResult([changed(path, text)], treeOf());
    expect(findings).toMatchObject([
      { code: "destructive", line: 2, sentence: expect.stringContaining(what) },
    ]);
  });

  test.each([
    [
      "db/migrate/1_a.rb",
      "def up\n  remove_reference :a, :b\nend\ndef down\n  add_reference :a, :b\nend\n",
      "drops a column",
    ],
    [
      "app/migrations/0002_a.py",
      "class Migration(m.Migration):\n  operations = [m.RemoveField('a', 'b')]\n",
      "drops a column",
    ],
    [
      "alembic/versions/a.py",
      "revision = 1\ndef upgrade():\n  op.alter_column('a', 'b', type_=x)\ndef downgrade():\n  op.y()\n",
      "changes the type",
    ],
  ])("flags what %s does on its way forward", (path, text, what) => {
    expect(migrationsResult([changed(path, text)], treeOf()).findings).toMatchObject([
      { code: "destructive", sentence: expect.stringContaining(what) },
    ]);
  });

  test("what the way back drops is what it is for", () => {
    const text =
      'export function up(k) { return k.schema.createTable("a"); }\nexport function down(k) {\n  return k.schema.dropTable("a");\n}\n';
    expect(migrationsResult([changed("migrations/1.js", text)], treeOf()).findings).toEqual([]);
    expect(migrationsResult([changed("migrations/1.down.sql", "drop table a;")], treeOf()).rollback).toBe(
      "none",
    );
  });
});

describe("the message of a commit", () => {
  const context = { incident: { number: 42, id: "PAYMENT-CRITICAL-042" }, impact: "all checkouts fail" };
  const good = "hotfix: read amount\n\nImpact: all checkouts fail\nIncident: PAYMENT-CRITICAL-042";
  const find = (...messages: string[]) =>
    messageFindings(
      messages.map((message) => commit("f", "e", message)),
      context,
      defaultConfig.checks.message,
    );

  test("passes when it follows the convention, whatever stands between", () => {
    expect(find(good, good.replace("\n\n", "\n\nWhy.\n\n"))).toEqual([]);
  });

  test("does not look at merges and at the opening commit", () => {
    const merge = commit("f", "ed", "Merge branch 'main'");
    const opening = commit("e", "d", openingMessage("PAYMENT-CRITICAL-042", 42, "hotfix/42-pay"));
    expect(messageFindings([merge, opening], context, defaultConfig.checks.message)).toEqual([]);
  });

  test("says everything that is wrong, and offers the text", () => {
    const [found] = find("fixed it");
    expect(found!.sentence).toBe(
      'The message of fffffff does not begin with "hotfix:" and has no trailer Impact or Incident.',
    );
    expect(found!.nextStep).toBe("Reword it to the text below, or give the merge that message.");
    expect(found!.text).toBe(
      "hotfix: fixed it\n\nImpact: all checkouts fail\nIncident: PAYMENT-CRITICAL-042",
    );
  });

  test.each([
    "fixed it",
    "fix(payment): read amount\n\nThe processor read another name.\n\nIncident: X-HIGH-001",
    "hotfix: read amount\nno empty line",
    `hotfix: ${"very ".repeat(30)}long`,
    "",
    "feat!: x\r\n\r\nImpact: y",
    "😀".repeat(80),
  ])("the corrected text of %j follows the convention and is stable", (message) => {
    const text = correctedMessage(message, context, defaultConfig.checks.message);
    expect(find(text)).toEqual([]);
    expect(correctedMessage(text, context, defaultConfig.checks.message)).toBe(text);
  });

  test("keeps the words and the trailers of the person", () => {
    expect(
      correctedMessage(
        "fix(payment): read amount\n\nThe processor read another name.\n\nIncident: X-HIGH-001",
        context,
        defaultConfig.checks.message,
      ),
    ).toBe(
      "hotfix: read amount\n\nThe processor read another name.\n\nImpact: all checkouts fail\nIncident: X-HIGH-001",
    );
  });
});
