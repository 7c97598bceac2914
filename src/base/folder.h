/* Folders by descriptor: no step follows a link. */
#ifndef LKV_BASE_FOLDER_H
#define LKV_BASE_FOLDER_H

#include <stdbool.h>

/* The file that says that a folder is ours. */
extern const char lkv_folder_marker[];

/* A descriptor of the folder NAME inside the folder PARENT (AT_FDCWD for the
 * working folder); -1 with errno set, also when NAME is a link.
 */
int lkv_folder_open(int parent, const char *name);
/* Deletes NAME inside PARENT and what is in it. False with errno set. */
bool lkv_folder_delete(int parent, const char *name);
/* Syncs the folder NAME inside PARENT and all folders in it. */
bool lkv_folder_sync(int parent, const char *name);
/* Syncs one open folder; true where the file system cannot. */
bool lkv_folder_sync_one(int folder);

#endif
