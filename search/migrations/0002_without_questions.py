from django.db import migrations

EMPTY = "DELETE FROM search_askedquestion; DELETE FROM search_rewordedquestion"


class Migration(migrations.Migration):
    """The two tables are emptied now. The next release drops them: the running one still reads them."""

    dependencies = [
        ("search", "0001_kodeks"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(EMPTY, migrations.RunSQL.noop)],
            state_operations=[
                migrations.DeleteModel(name="AskedQuestion"),
                migrations.DeleteModel(name="RewordedQuestion"),
            ],
        ),
    ]
