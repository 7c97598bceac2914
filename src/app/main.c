/* likvard: equity reports for school systems. */
#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/fatal.h"
#include "app/messages.h"
#include "base/diag.h"
#include "base/nearest.h"
#include "likvard/likvard.h"

static int print_version(void)
{
    printf("likvard %s\n"
           "Copyright (C) the authors of Likvärd\n"
           "Licence GPL-3.0-or-later <https://gnu.org/licenses/gpl.html>.\n"
           "This is free software: you may change and pass it on. There is "
           "no warranty.\n",
           likvard_version());
    return LIKVARD_OK;
}

static int print(char *text)
{
    fputs(text, stdout);
    g_free(text);
    return LIKVARD_OK;
}

static int unknown(const char *name)
{
    const char *names[16] = {"--help", "--version"};
    for (size_t i = 0; i < 13 && lkv_command_at(i); i++) {
        names[i + 2] = lkv_command_at(i)->name;
    }
    const char *bare = name + strspn(name, "-");
    const char *near = lkv_word_nearest(name, names);
    fprintf(stderr, "likvard: no command \"%s\"", name);
    if (near) {
        fprintf(stderr, "; did you mean %s?\n", near);
    } else if (bare > name) {
        fprintf(stderr, "; options come behind the command: likvard run %s\n",
                name);
    } else {
        fprintf(stderr, "; see likvard --help\n");
    }
    return LIKVARD_USAGE;
}

/* More words than COMMAND takes. */
static bool surplus(const lkv_command *command, const lkv_options *options)
{
    size_t given = options->arguments ? g_strv_length(options->arguments) : 0;
    if (given <= command->arguments) {
        return false;
    }
    fprintf(stderr,
            "likvard: \"%s\" is one argument too many; see likvard %s --help\n",
            options->arguments[command->arguments], command->name);
    return true;
}

static int run(const lkv_command *command, char **words)
{
    g_autofree char *error = NULL;
    g_autoptr(lkv_options) options =
        lkv_options_read(command->name, words, &error);
    if (!options) {
        fprintf(stderr, "likvard: %s\n", error);
        return LIKVARD_USAGE;
    }
    if (options->help) {
        return print(lkv_command_help(command));
    }
    if (options->version) {
        return print_version();
    }
    if (surplus(command, options)) {
        return LIKVARD_USAGE;
    }
    return lkv_messages_spare(options) ? command->run(options) : LIKVARD_CREATE;
}

/* Large blocks are given back when they are freed: left alone, glibc keeps ever
 * larger ones, and a run holds what only a step of it needed.
 */
static void memory_start(void)
{
    enum { LARGE = 128 * 1024 };
    mallopt(M_MMAP_THRESHOLD, LARGE);
}

int main(int count, char **words)
{
    memory_start();
    lkv_fatal_start();
    if (!likvard_start()) {
        fputs("likvard: a library cannot start\n", stderr);
        return LIKVARD_BUG;
    }
    int code = LIKVARD_OK;
    const lkv_command *command = count > 1 ? lkv_command_find(words[1]) : NULL;
    if (command) {
        code = run(command, words + 2);
    } else if (count > 1 && strcmp(words[1], "--version") == 0) {
        code = print_version();
    } else if (count == 1 || strcmp(words[1], "--help") == 0 ||
               strcmp(words[1], "-h") == 0) {
        code = print(lkv_command_overview());
    } else {
        code = unknown(words[1]);
    }
    bool written = fflush(stdout) == 0 && !ferror(stdout);
    if (!written && code == LIKVARD_OK) {
        fputs("likvard: standard output cannot be written\n", stderr);
        code = LIKVARD_IO;
    }
    likvard_end();
    return code;
}
