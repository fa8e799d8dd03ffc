"""Users from before the roles get theirs; the access log refuses to be changed or deleted, in the database itself."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER access_log_is_not_changed BEFORE UPDATE ON register_accessentry
    BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END""",
    """CREATE TRIGGER access_log_is_not_deleted BEFORE DELETE ON register_accessentry
    WHEN NOT EXISTS (SELECT 1 FROM register_accesscut WHERE number >= OLD.number)
    BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION access_log_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM register_accesscut WHERE number >= OLD.number) THEN
        RETURN OLD;
      END IF;
      RAISE EXCEPTION 'the access log is append-only';
    END $$""",
    """CREATE TRIGGER access_log_is_append_only BEFORE UPDATE OR DELETE ON register_accessentry
    FOR EACH ROW EXECUTE FUNCTION access_log_guard()""",
]
UNDO = {
    "sqlite": ["DROP TRIGGER access_log_is_not_changed", "DROP TRIGGER access_log_is_not_deleted"],
    "postgresql": [
        "DROP TRIGGER access_log_is_append_only ON register_accessentry",
        "DROP FUNCTION access_log_guard()",
    ],
}


def guard(apps, schema_editor):
    for sentence in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(sentence)


def unguard(apps, schema_editor):
    for sentence in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(sentence)


def give_roles(apps, schema_editor):
    """Nobody is locked out: the first superuser (else the first user) becomes administrator and head, other
    superusers heads, everybody else officers; that is what each could do until now."""
    User, Account = apps.get_model("auth", "User"), apps.get_model("register", "Account")
    users = list(User.objects.filter(account=None).order_by("pk"))
    if not users:
        return
    first = next((user for user in users if user.is_superuser), users[0])
    from twinbook.register.models.fields import new_public_id

    for user in users:
        roles = ["head"] if user.is_superuser else ["officer"]
        if user == first:
            roles = ["head", "administrator"]
        Account.objects.create(user=user, roles=roles, public_id=new_public_id())


class Migration(migrations.Migration):

    dependencies = [("register", "0002_accounts_and_access_log")]

    operations = [
        migrations.RunPython(guard, unguard),
        migrations.RunPython(give_roles, migrations.RunPython.noop),
    ]
