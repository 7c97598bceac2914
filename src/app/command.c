#include "app/command.h"

#include <string.h>

static const lkv_command commands[] = {
    {"demo", "[DIR]", 1, "make a sample district and run it",
     "likvard demo malmo-like", lkv_command_demo},
    {"check", "[STUDY]", 1, "check the study and the data; write nothing",
     "likvard check likvard.yml", lkv_command_check},
    {"run", "[STUDY]", 1, "compute the measures and render all reports",
     "likvard run likvard.yml", lkv_command_study},
    {"render", "RUN", 1, "reports again from a finished run",
     "likvard render runs/2025", lkv_command_render},
    {"verify", "RUN", 1, "compare the files of a run with their hashes",
     "likvard verify runs/2025", lkv_command_verify},
    {"audit", "RUN", 1, "seek what can be worked out from all that is shown",
     "likvard audit runs/2025", lkv_command_audit},
    {"purge", "RUN", 1, "remove private/ from a run, which is not undone",
     "likvard purge runs/2025", lkv_command_purge},
    {"measures", "[list | explain ID]", 2, "list or explain the measures",
     "likvard measures explain gap", lkv_command_measures},
    {"help", "[TOPIC | COMMAND | CODE]", 1, "explain a topic or a message code",
     "likvard help W-CODE-UNKNOWN", lkv_command_topic},
};

const lkv_command *lkv_command_at(size_t index)
{
    return index < G_N_ELEMENTS(commands) ? &commands[index] : NULL;
}

const lkv_command *lkv_command_find(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}

char *lkv_command_overview(void)
{
    GString *out =
        g_string_new("likvard - equity reports for school systems\n\n");
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_string_append_printf(out, "  %-32s %s\n", commands[i].example,
                               commands[i].purpose);
    }
    g_string_append(out, "\nUSAGE  likvard COMMAND [OPTIONS] [ARGUMENTS]\n"
                         "       likvard COMMAND --help\n"
                         "       likvard --version\n"
                         "\nA STUDY is the file that describes a run, "
                         "likvard.yml unless named. Topics of\nhelp: config, "
                         "columns, exit-codes, privacy, formats.\n");
    return g_string_free(out, FALSE);
}

char *lkv_command_help(const lkv_command *command)
{
    g_autofree char *options = lkv_options_help(command->name);
    return g_strdup_printf("likvard %s - %s\n\n"
                           "  %s\n\n"
                           "USAGE  likvard %s [OPTIONS] %s\n\n%s",
                           command->name, command->purpose, command->example,
                           command->name, command->usage, options);
}
