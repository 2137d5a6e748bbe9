using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OmniGen2.Web.History.Migrations
{
    /// <inheritdoc />
    public partial class Estimates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Estimates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Owner = table.Column<string>(type: "TEXT", nullable: true),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    IsInteractive = table.Column<bool>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Work = table.Column<double>(type: "REAL", nullable: false),
                    StartLow = table.Column<double>(type: "REAL", nullable: false),
                    StartHigh = table.Column<double>(type: "REAL", nullable: false),
                    End = table.Column<double>(type: "REAL", nullable: false),
                    EndLow = table.Column<double>(type: "REAL", nullable: false),
                    EndHigh = table.Column<double>(type: "REAL", nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", nullable: false),
                    Worked = table.Column<double>(type: "REAL", nullable: true),
                    Started = table.Column<double>(type: "REAL", nullable: true),
                    Ended = table.Column<double>(type: "REAL", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Estimates", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Pictures_Owner_CreatedAt",
                table: "Pictures",
                columns: new[] { "Owner", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Jobs_Owner_FinishedAt",
                table: "Jobs",
                columns: new[] { "Owner", "FinishedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Estimates_EndedAt",
                table: "Estimates",
                column: "EndedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Estimates");

            migrationBuilder.DropIndex(
                name: "IX_Pictures_Owner_CreatedAt",
                table: "Pictures");

            migrationBuilder.DropIndex(
                name: "IX_Jobs_Owner_FinishedAt",
                table: "Jobs");
        }
    }
}
