// SPDX-License-Identifier: Apache-2.0
// The library of what tests share; see the headers beside this file.
